import { storageContract } from "@wadesk/testing/contracts";
import { afterAll } from "vitest";
import { temporaryFolder } from "../testing/open-databases.ts";
import { sqliteStorage } from "./sqlite-storage.ts";

const folder = await temporaryFolder();
let count = 0;
afterAll(folder.remove);

storageContract("sqliteStorage in memory", async (time) => sqliteStorage({ path: ":memory:", ...time }));
storageContract("sqliteStorage in a file", async (time) => {
  count += 1;
  return sqliteStorage({ path: folder.path(`${count}.db`), ...time });
});
