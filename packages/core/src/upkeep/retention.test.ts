import { describe, expect, it } from "vitest";
import type { UpkeepOptions } from "../api/options.ts";
import { openEcho, receivedText } from "../testing/open-echo.ts";

const HOUR = 60 * 60 * 1000;
const RETENTION = 3 * HOUR;
const hello = { to: "+4915100000001", content: { kind: "text", text: "x" }, idempotencyKey: "k" } as const;

/** One event that is done, one that is dead, one message, and a record that expires. */
async function openOld(upkeep: UpkeepOptions = {}) {
  const world = openEcho({ inbox: { maxAttempts: 1, retentionMs: RETENTION }, upkeep: { checkEveryMs: false, ...upkeep } });
  await world.wadesk.workspace("acme").connect("echo", { number: "+111", token: "tok-1" });
  world.wadesk.process("message.received", (event) => {
    if (event.data.messageId === "dead") throw new Error("no");
  });
  const { receive } = world.wadesk.inbound;
  await receive("echo", [receivedText({ id: "done" })]);
  await receive("echo", [receivedText({ id: "dead" })]).catch(() => {});
  const { id } = await world.wadesk.workspace("acme").send(hello);
  const left = async () => {
    const { done, dead } = await world.storage.inbox.counts();
    return { done, dead, messages: (await world.wadesk.workspace("acme").message(id)) === undefined ? 0 : 1 };
  };
  return { ...world, left };
}

describe("what is old", () => {
  it("is forgotten after its time where it is the key of a completed event, and kept where it is anything else", async () => {
    const { wadesk, clock, left } = await openOld();
    await wadesk.start();
    await clock.advance(RETENTION - 1);
    expect(await left()).toEqual({ done: 1, dead: 1, messages: 1 });
    await clock.advance(HOUR + 20_000);
    expect(await left()).toEqual({ done: 0, dead: 1, messages: 1 });
  });

  it("goes when its time is over, each kind after its own", async () => {
    const { wadesk, clock, left } = await openOld({ keepDeadLettersMs: HOUR / 2, keepMessagesMs: 1.5 * HOUR });
    await wadesk.start();
    await clock.advance(HOUR + 20_000);
    expect(await left()).toEqual({ done: 1, dead: 0, messages: 1 });
    await clock.advance(HOUR);
    expect(await left()).toEqual({ done: 1, dead: 0, messages: 0 });
  });

  it("goes in bounded batches until all of it is gone, with pauses in between", async () => {
    const { wadesk, clock, storage } = await openOld();
    const limits: number[] = [];
    let old = 3500;
    Object.assign(storage.inbox, {
      async prune({ limit }: { readonly limit: number }) {
        limits.push(limit);
        const gone = Math.min(old, limit);
        old -= gone;
        return gone;
      },
    });
    await wadesk.start();
    await clock.advance(2000);
    expect(limits).toEqual([1000]);
    await clock.advance(1000);
    expect([old, limits]).toEqual([0, [1000, 1000, 1000, 1000]]);
  });

  it("goes by one process in all, once an hour", async () => {
    const one = await openOld();
    const two = openEcho({ beside: one, upkeep: { checkEveryMs: false } });
    await Promise.all([one.wadesk.start(), two.wadesk.start()]);
    await one.clock.advance(0);
    await Promise.all([one.wadesk.drain(), two.wadesk.drain()]);
    await one.clock.advance(30 * 60 * 1000);
    expect(one.faulty.callsOf("prune")).toBe(2);
  });

  it("goes a share at a time by drain where nobody starts, and a failure of it fails no drain", async () => {
    const { wadesk, clock, left, storage, log } = await openOld();
    await clock.advance(RETENTION + 1);
    const { prune } = storage.inbox;
    Object.assign(storage.inbox, { prune: () => Promise.reject(new Error("the disk is full")) });
    expect(await wadesk.drain()).toBe(0);
    expect(log.some((line) => line.includes("the disk is full"))).toBe(true);
    Object.assign(storage.inbox, { prune });
    await wadesk.drain();
    expect((await left()).done).toBe(0);
  });

  it("goes with expired records", async () => {
    const { wadesk, clock, storage, faulty } = await openOld();
    await storage.records.set("any/", new Map([["key", { value: new Uint8Array(1), expiresAt: clock.now() + 1 }]]));
    await clock.advance(2);
    await wadesk.drain();
    expect(faulty.callsOf("prune")).toBe(2);
    expect(await storage.records.prune(10)).toBe(0);
  });
});
