import { expect, it } from "vitest";
import { gateSocket } from "./gate-socket.ts";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function gated() {
  const sent: string[] = [];
  const socket = { send: (data: Uint8Array, _sent?: () => void) => void sent.push(Buffer.from(data).toString()) };
  let underWay: readonly (Promise<unknown> | undefined)[] = [];
  gateSocket({ ws: { socket } as never }, () => underWay);
  return {
    sent,
    send: (text: string, told?: () => void): void => socket.send(Buffer.from(text), told),
    now(...open: readonly (Promise<unknown> | undefined)[]): void {
      underWay = open;
    },
  };
}

it("a frame leaves at once where nothing is under way", () => {
  const { sent, send, now } = gated();
  now(undefined, undefined);
  send("one");
  expect(sent).toEqual(["one"]);
});

it("a frame leaves when what was under way is stored, and those after it follow in their order", async () => {
  const { sent, send, now } = gated();
  const [rows, events] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  now(rows.promise, events.promise);
  send("one");
  now();
  send("two");
  rows.resolve();
  await turn();
  expect(sent).toEqual([]);
  events.resolve();
  await turn();
  send("three");
  expect(sent).toEqual(["one", "two", "three"]);
});

it("a frame that waits counts as sent for the client at once, which would give it up after 20 seconds though it still leaves", async () => {
  const { sent, send, now } = gated();
  const rows = Promise.withResolvers<void>();
  now(rows.promise);
  let told = 0;
  send("one", () => (told += 1));
  expect([told, sent]).toEqual([1, []]);
  rows.resolve();
  await turn();
  await turn();
  expect([told, sent]).toEqual([1, ["one"]]);
});

it("a frame whose ground could not be stored never leaves, nor does one after it", async () => {
  const { sent, send, now } = gated();
  now(Promise.reject(new Error("the disk is full")));
  send("one");
  now();
  send("two");
  await turn();
  expect(sent).toEqual([]);
});

it("a socket that is written to in another way is refused", () => {
  expect(() => gateSocket({ ws: {} as never }, () => [])).toThrow("cannot be gated");
});
