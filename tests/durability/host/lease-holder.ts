import { createInterface } from "node:readline";
import type { Fence } from "@wadesk/core/ports";
import { type DatabasePlan, openStorage } from "./plan.ts";

// a process that holds a lease and writes one record whenever it is told to; its clock stands still, as that of a paused one does

process.stdin.once("end", () => process.exit(1));

const { database, now } = JSON.parse(process.env.HOST_PLAN ?? "") as { readonly database: DatabasePlan; readonly now: number };
const storage = openStorage(database, () => now);
const fence: Fence | undefined = await storage.leases.acquire("session/1", "the first", 30_000);
console.log(JSON.stringify(fence));
for await (const key of createInterface(process.stdin)) {
  const value = new TextEncoder().encode("of the first");
  console.log(await storage.records.set("session/1", new Map([[key, { value }]]), fence));
}
