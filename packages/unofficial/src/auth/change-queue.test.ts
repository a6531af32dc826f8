import type { TimedValue } from "@wadesk/core/ports";
import { expect, it } from "vitest";
import { createChangeQueue } from "./change-queue.ts";

type Values = ReadonlyMap<string, Uint8Array | undefined>;

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const change = (...pairs: readonly (readonly [string, string | undefined])[]): Values =>
  new Map(pairs.map(([key, text]) => [key, text === undefined ? undefined : bytes(text)]));

function open() {
  const written: string[] = [];
  let answer: PromiseWithResolvers<void>[] = [];
  const set = async (changes: ReadonlyMap<string, Uint8Array | TimedValue | undefined>): Promise<void> => {
    const bytesOf = (value: Uint8Array | TimedValue | undefined) => (value instanceof Uint8Array ? value : value?.value);
    const textOf = (value: Uint8Array | undefined) => value && new TextDecoder().decode(value);
    written.push([...changes].map(([key, value]) => `${key}=${textOf(bytesOf(value))}`).join(" "));
    const held = Promise.withResolvers<void>();
    answer.push(held);
    await held.promise;
  };
  const settle = async (reason?: Error): Promise<void> => {
    // the write begins in a promise of its own
    await new Promise((resolve) => setImmediate(resolve));
    const [first, ...rest] = answer;
    answer = rest;
    if (reason === undefined) first?.resolve();
    else first?.reject(reason);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { written, settle, queue: createChangeQueue({ set: set as never }) };
}

it("what waits while a transaction is under way is written whole by the next, the later value over the earlier", async () => {
  const { written, settle, queue } = open();
  const first = queue.add(change(["a", "1"]));
  await new Promise((resolve) => setImmediate(resolve));
  const others = [queue.add(change(["a", "2"], ["b", "1"])), queue.add(change(["a", undefined], ["c", "1"]))];
  expect(written).toEqual(["a=1"]);
  await settle();
  await first;
  await settle();
  await Promise.all(others);
  expect(written).toEqual(["a=1", "a=undefined b=1 c=1"]);
});

it("what is not stored yet is read from it, a deletion too", async () => {
  const { settle, queue } = open();
  const written = queue.add(change(["a", "1"], ["b", undefined]));
  expect([queue.pending("a"), queue.pending("b"), queue.pending("c")]).toEqual([{ value: bytes("1") }, { value: undefined }, undefined]);
  await settle();
  await written;
  expect(queue.pending("a")).toBeUndefined();
});

it("after a write that failed nothing is written any more, and whoever waits hears of it", async () => {
  const { written, settle, queue } = open();
  const first = queue.add(change(["a", "1"]));
  await new Promise((resolve) => setImmediate(resolve));
  const second = queue.add(change(["b", "1"]));
  const reason = new Error("the disk is full");
  const refused = [expect(first).rejects.toBe(reason), expect(second).rejects.toBe(reason)];
  await settle(reason);
  await Promise.all(refused);
  await expect(queue.add(change(["c", "1"]))).rejects.toBe(reason);
  await expect(queue.settled()).rejects.toBe(reason);
  expect(await queue.failed).toBe(reason);
  expect(written).toEqual(["a=1"]);
});

it("a value that is made when it is written is made once for all who changed it in that turn", async () => {
  const { written, settle, queue } = open();
  let made = 0;
  const late = new Map([
    [
      "a",
      () => {
        made += 1;
        return { value: bytes(`${made}`) };
      },
    ],
  ]);
  const all = [queue.add(late), queue.add(change(["b", "1"])), queue.add(late)];
  await settle();
  await Promise.all(all);
  expect([written, made]).toEqual([["a=1 b=1"], 1]);
});

it("where it is told to fail nothing more is written, and whoever waits hears why", async () => {
  const { written, queue } = open();
  const reason = new Error("it could not be read");
  queue.fail(reason);
  await expect(queue.add(change(["a", "1"]))).rejects.toBe(reason);
  expect([written, queue.hasFailed(), await queue.failed]).toEqual([[], true, reason]);
});

it("what is added for later is written with what is added next, and is read meanwhile", async () => {
  const { written, settle, queue } = open();
  queue.addLater(change(["a", undefined]));
  await settle();
  expect([written, queue.unsettled(), queue.pending("a")]).toEqual([[], undefined, { value: undefined }]);
  const added = queue.add(change(["b", "1"]));
  await settle();
  await added;
  expect(written).toEqual(["a=undefined b=1"]);
});

it("what is added for later is written where all has to be, and where much of it has come together", async () => {
  const { written, settle, queue } = open();
  queue.addLater(change(["a", undefined]));
  const all = queue.settled();
  await settle();
  await all;
  expect(written).toEqual(["a=undefined"]);
  queue.addLater(change(...Array.from({ length: 201 }, (_, index) => [`${index}`, undefined] as const)));
  await settle();
  expect(written).toHaveLength(2);
});
