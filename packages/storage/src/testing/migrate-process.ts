// One of several processes that start at once: says "ready", waits for a line, opens the storage and writes a record of its own.
import { once } from "node:events";
import { createInterface } from "node:readline";
import { postgresStorage } from "../postgres/postgres-storage.ts";
import { sqliteStorage } from "../sqlite/sqlite-storage.ts";

const [place = "", schema, name = ""] = process.argv.slice(2);
const storage =
  schema === undefined || schema === "" ? sqliteStorage(place) : postgresStorage({ url: place, schema, connections: 1, listen: false });
const lines = createInterface({ input: process.stdin });
console.log("ready");
await once(lines, "line");
const applied = await storage.migrate();
await storage.records.set("processes/", new Map([[name, { value: new Uint8Array([1]) }]]));
console.log(JSON.stringify(applied));
await storage.close();
lines.close();
