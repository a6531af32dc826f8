import { expect, it } from "vitest";
import { openEcho, receivedText } from "../testing/open-echo.ts";

/** A durable storage with so many events of as many contacts, and a handler that ends when the test says so. */
async function openBacklog(count: number) {
  const world = openEcho({ storage: { durable: true }, upkeep: { checkEveryMs: false } });
  const { id } = await world.wadesk.workspace("acme").connect("echo", { number: "+111", token: "tok-1" });
  const ends: (() => void)[] = [];
  world.wadesk.process("message.received", () => new Promise<void>((resolve) => void ends.push(resolve)));
  const owned = (number: number) => ({
    ...receivedText({ id: `m${number}`, from: `+49${number}` }),
    workspaceId: "acme",
    connectionId: id,
  });
  await world.storage.inbox.add(Array.from({ length: count }, (_, number) => owned(number)));
  return { ...world, ends, owned };
}

it("a backlog costs one claim for many events, though they end one by one", async () => {
  const { wadesk, ends, faulty, clock } = await openBacklog(320);
  const draining = wadesk.drain();
  await clock.advance(0);
  for (let end = ends.shift(); end !== undefined; end = ends.shift()) {
    end();
    await clock.advance(0);
  }
  expect(await draining).toBe(320);
  // a quarter of 32 slots is filled at a time, and the last ones find nothing more
  expect(faulty.callsOf("claim")).toBeLessThan(320 / 8 + 40);
  expect(faulty.callsOf("nextDue")).toBeLessThan(5);
});

it("events that end together are replaced together", async () => {
  const { wadesk, ends, faulty, clock } = await openBacklog(96);
  const draining = wadesk.drain();
  for (let round = 0; round < 3; round += 1) {
    await clock.advance(0);
    for (const end of ends.splice(0)) end();
  }
  await draining;
  expect(faulty.callsOf("claim")).toBe(4);
});

it("events that end together are looked after together, though no more was known to be due", async () => {
  const { wadesk, ends, faulty, clock } = await openBacklog(20);
  const draining = wadesk.drain();
  await clock.advance(0);
  for (const end of ends.splice(0)) end();
  expect([await draining, faulty.callsOf("claim")]).toEqual([20, 2]);
});

it("a free slot waits for others no longer than a moment", async () => {
  const { wadesk, ends, clock } = await openBacklog(40);
  wadesk.drain().catch(() => {});
  await clock.advance(0);
  expect(ends).toHaveLength(32);
  ends.shift()?.();
  await clock.advance(10);
  expect(ends).toHaveLength(32);
});

it("a free slot takes a newcomer at once where nothing else was due", async () => {
  const { wadesk, ends, clock, storage, owned } = await openBacklog(30);
  wadesk.drain().catch(() => {});
  await clock.advance(0);
  await storage.inbox.add([owned(99)]);
  wadesk.drain().catch(() => {});
  await clock.advance(0);
  expect(ends).toHaveLength(31);
});

it("a client at rest asks the storage twice a poll, and no more", async () => {
  const { wadesk, faulty, clock } = await openBacklog(0);
  await wadesk.start();
  await clock.advance(5000);
  const before = [faulty.callsOf("claim"), faulty.callsOf("nextDue")];
  await clock.advance(10_000);
  expect([faulty.callsOf("claim"), faulty.callsOf("nextDue")].map((count, index) => count - (before[index] ?? 0))).toEqual([10, 10]);
});

it("events that fail while another one runs are each tried again on time", async () => {
  const world = openEcho({ storage: { durable: true }, upkeep: { checkEveryMs: false } });
  const { wadesk, clock } = world;
  await wadesk.workspace("acme").connect("echo", { number: "+111", token: "tok-1" });
  const start = clock.now();
  const attempts: [string, number][] = [];
  wadesk.process("message.received", async ({ data }) => {
    if (data.messageId === "slow") return new Promise(() => {});
    attempts.push([data.messageId, clock.now() - start]);
    throw new Error("no");
  });
  const { receive } = wadesk.inbound;
  await receive("echo", [receivedText({ id: "slow", from: "+491" }), receivedText({ id: "a", from: "+492" })]);
  await clock.advance(500);
  await receive("echo", [receivedText({ id: "b", from: "+493" })]);
  await clock.advance(3000);
  expect(attempts).toEqual([
    ["a", 0],
    ["b", 500],
    ["a", 1000],
    ["b", 1500],
    ["a", 3000],
    ["b", 3500],
  ]);
});

it("events of one connection that begin together read its row together", async () => {
  const { wadesk, ends, storage, clock } = await openBacklog(32);
  const { get } = storage.connections;
  let reads = 0;
  Object.assign(storage.connections, {
    get: (...asked: Parameters<typeof get>) => {
      reads += 1;
      return get(...asked);
    },
  });
  const draining = wadesk.drain();
  await clock.advance(0);
  for (const end of ends.splice(0)) end();
  expect([await draining, reads]).toEqual([32, 1]);
});
