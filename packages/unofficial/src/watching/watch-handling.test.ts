import { EventEmitter } from "node:events";
import { manualClock } from "@wadesk/testing";
import { expect, it } from "vitest";
import { machineTurns } from "./machine-turns.ts";
import { type Handling, watchHandling } from "./watch-handling.ts";

/** A client of which each stanza of a kind takes so many seconds, one after the other, and which says when it is taken for deaf. */
function client(kind: "message" | "receipt" | "notification") {
  const { clock, advance, now } = manualClock();
  const ws = new EventEmitter();
  const line = () => {
    let before: Promise<unknown> = Promise.resolve();
    return {
      mutex<Done>(work: () => Promise<Done>): Promise<Done> {
        const done = before.then(work);
        before = done;
        return done;
      },
    };
  };
  const locks = { messageMutex: line(), receiptMutex: line(), notificationMutex: line() };
  const began = now();
  const deaf = Promise.withResolvers<number>();
  let isDeaf = false;
  const stop = watchHandling({
    socket: { ws, ...locks } as unknown as Handling,
    after: clock.after,
    now,
    deaf() {
      isDeaf = true;
      deaf.resolve((now() - began) / 1000);
    },
  });
  return {
    ws,
    stop,
    /** After how many seconds it was taken for deaf. */
    deaf: deaf.promise,
    /** Stanzas come, each of which takes so long: in line at once, or only after a while. */
    come(seconds: number, count = 1, inLineAfter = 0): void {
      const work = () => new Promise<void>((resolve) => clock.after(seconds * 1000, resolve));
      for (let each = 0; each < count; each += 1) {
        const begin = (): void => void locks[`${kind}Mutex`].mutex(work);
        if (inLineAfter === 0) begin();
        else clock.after(inLineAfter * 1000, begin);
        ws.emit(`CB:${kind}`, {});
      }
    },
    /** Whether it is deaf after so many seconds more. */
    async pass(seconds: number): Promise<boolean> {
      for (let second = 0; second < seconds; second += 1) await advance(1000);
      await machineTurns();
      return isDeaf;
    },
  };
}

it.each(["message", "receipt", "notification"] as const)("a %s that is never done with is found after half a minute", async (kind) => {
  const { come, pass, deaf } = client(kind);
  come(9999);
  expect(await pass(29)).toBe(false);
  await pass(1);
  expect(await deaf).toBe(30);
});

it("one that is the last, and gets in line only later, is found too", async () => {
  const { come, pass, deaf } = client("message");
  come(9999, 1, 5);
  expect(await pass(49)).toBe(false);
  await pass(1);
  expect(await deaf).toBe(50);
});

it("a backlog of minutes is dealt with as long as each has its turn within half a minute", async () => {
  const { come, pass } = client("message");
  come(2, 100);
  expect(await pass(300)).toBe(false);
});

it("one that has ended is watched no longer", async () => {
  const { come, pass, stop, ws } = client("message");
  come(9999);
  stop();
  expect([await pass(100), ws.eventNames()]).toEqual([false, []]);
});
