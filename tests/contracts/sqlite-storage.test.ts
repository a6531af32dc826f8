import { sqliteStorage } from "@wadesk/storage/sqlite";
import { storageContract } from "@wadesk/testing/contracts";
import { afterAll } from "vitest";
import { temporaryFolder } from "../../packages/storage/src/testing/open-databases.ts";

// what every adapter has from sqlStorage is tried here on a database that is quick to make
const folder = await temporaryFolder();
afterAll(folder.remove);
let count = 0;

storageContract("sqliteStorage on a file", async (time) => {
  count += 1;
  return sqliteStorage({ path: folder.path(`${count}.db`), ...time });
});

storageContract("sqliteStorage in memory", async (time) => sqliteStorage({ path: ":memory:", ...time }));
