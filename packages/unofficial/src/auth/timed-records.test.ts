import { manualClock } from "@wadesk/testing";
import { expect, it } from "vitest";
import { memoryRecords } from "../testing/memory-records.ts";
import { timedRecords } from "./timed-records.ts";

const LATE = { code: "storage_unavailable", message: expect.stringContaining("the storage did not answer within 20 seconds") };

function open() {
  const { clock, advance, now } = manualClock();
  const records = memoryRecords();
  const never = (): Promise<never> => new Promise(() => {});
  const timed = timedRecords({ ...records, get: never, clear: never }, { after: clock.after, now });
  let isOverdue = false;
  timed.overdue.then(() => (isOverdue = true)).catch(() => {});
  return { timed, records, advance, isOverdue: () => isOverdue };
}

it("a call that is never answered is rejected after 20 seconds, and whoever works with the records hears of it before", async () => {
  const { timed, advance, isOverdue } = open();
  let wasOverdue: boolean | undefined;
  const called = timed.get(["a"]).catch((error: unknown) => {
    wasOverdue = isOverdue();
    throw error;
  });
  called.catch(() => {});
  await advance(19_000);
  expect(isOverdue()).toBe(false);
  await advance(1000);
  await expect(called).rejects.toMatchObject(LATE);
  expect(wasOverdue).toBe(true);
});

it("then nothing is asked of the storage any more, and what still waits is rejected too", async () => {
  const { timed, records, advance } = open();
  const called = timed.get(["a"]);
  const refused = expect(called).rejects.toMatchObject(LATE);
  await advance(19_000);
  const late = expect(timed.clear()).rejects.toMatchObject(LATE);
  await advance(1000);
  await refused;
  await late;
  await expect(timed.set(new Map([["a", new Uint8Array(1)]]))).rejects.toMatchObject(LATE);
  expect(records.written).toEqual([]);
});

it("what answers in time answers as it is", async () => {
  const { timed, advance, isOverdue } = open();
  await timed.set(new Map([["a", new Uint8Array(1)]]));
  await advance(60_000);
  expect([(await timed.list({ limit: 9 })).items, isOverdue()]).toEqual([[{ key: "a" }], false]);
});
