import type { Storage } from "@wadesk/core";
import { expect, it } from "vitest";
import { linkedShop, onSqlite } from "./world/linked-shop.ts";

/** A storage whose reads of a session's records take now longer and now shorter, as on a database that is busy. */
function unsteady(storage: Storage): Storage {
  const { records } = storage;
  let reads = 0;
  const late = async (): Promise<void> => {
    reads += 1;
    for (let turns = (reads * 7) % 5; turns > 0; turns -= 1) await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    ...storage,
    records: {
      ...records,
      async get(namespace, keys) {
        await late();
        return records.get(namespace, keys);
      },
    },
  };
}

it("what somebody writes in one go is handed on as it was written, however long the storage takes to answer about each", async () => {
  const { shop, ana, one } = await linkedShop((time) => unsteady(onSqlite(time)));
  const ids = Array.from({ length: 30 }, (_unused, index) => ana.send(shop, `message ${index}`));
  for (const id of ids) await one.received.next(({ data }) => data.messageId === id);
  expect(one.received.all.map(({ data }) => data.messageId)).toEqual(ids);
});
