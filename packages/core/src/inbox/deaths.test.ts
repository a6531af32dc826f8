import { describe, expect, it } from "vitest";
import { createWadesk } from "../client/create-wadesk.ts";
import { memoryStorage } from "../memory/memory-storage.ts";
import type { Claim } from "../ports/stores/inbox-store.ts";
import type { Storage } from "../ports/stores/storage.ts";
import { openEcho, receivedText, TEST_KEYS } from "../testing/open-echo.ts";

const QUIET = { debug() {}, info() {}, warn() {}, error() {} };
const LEASE_MS = 30_000;
const HANDLED_IN_MS = 200;

/** A database with events of so many contacts, and processes on it that may die: a dead one calls nobody any more, and no call of its comes back. */
async function openMorgue(ids: readonly string[]) {
  const world = openEcho({ storage: { durable: true } });
  const { clock, storage, vendor } = world;
  const { id } = await world.wadesk.workspace("acme").connect("echo", { number: "+111", token: "tok-1" });
  const owned = (message: string) => ({ ...receivedText({ id: message, from: `+49${message}` }), workspaceId: "acme", connectionId: id });
  await storage.inbox.add(ids.map(owned));

  /** Starts a process; what kills it, and with how many others it died, is told. */
  const start = async (kills: (messageId: string) => boolean) => {
    const life = { dead: false, running: new Set<string>(), diedWith: 0, most: 0 };
    const mortal = <Store extends object>(store: Store): Store =>
      new Proxy(store, {
        get(target, name) {
          const method: unknown = Reflect.get(target, name);
          if (typeof method !== "function") return method;
          return (...values: readonly unknown[]) =>
            life.dead ? new Promise(() => {}) : (Reflect.apply(method, target, values) as Promise<unknown>);
        },
      });
    const { connections, messages, inbox, records, leases, ...rest } = storage;
    const own: Storage = {
      ...rest,
      connections: mortal(connections),
      messages: mortal(messages),
      inbox: mortal(inbox),
      records: mortal(records),
      leases: mortal(leases),
    };
    const options = { channels: [vendor.channel], storage: own, clock, encryptionKeys: TEST_KEYS, log: QUIET, random: () => 0 };
    const wadesk = createWadesk({ ...options, inbox: { leaseMs: LEASE_MS }, upkeep: { checkEveryMs: false } });
    wadesk.process("message.received", async ({ data }) => {
      life.running.add(data.messageId);
      life.most = Math.max(life.most, life.running.size);
      const takes = kills(data.messageId) ? HANDLED_IN_MS / 2 : HANDLED_IN_MS;
      await new Promise<void>((resolve) => void clock.after(takes, resolve));
      if (life.dead) await new Promise(() => {});
      if (kills(data.messageId)) {
        life.dead = true;
        life.diedWith = life.running.size - 1;
        await new Promise(() => {});
      }
      life.running.delete(data.messageId);
    });
    await wadesk.start();
    return { life, wadesk };
  };
  const dead = async () => (await storage.inbox.dead("acme", { limit: 100 })).items;
  return { ...world, owned, start, dead };
}

const HAND = Array.from({ length: 32 }, (_, index) => String(index));

describe("a handler that kills its process", () => {
  it("costs its own event its place and none of the others, though they were in hand beside it each time", async () => {
    const { clock, storage, start, dead } = await openMorgue(HAND);
    const company: number[] = [];
    for (let lives = 0; lives < 30 && (await storage.inbox.counts()).dead === 0; lives += 1) {
      const { life } = await start((id) => id === "17");
      await clock.advance(5000);
      if (life.dead) company.push(life.diedWith);
      await clock.advance(LEASE_MS);
    }
    await clock.advance(60_000);
    expect(await storage.inbox.counts()).toEqual({ waiting: 0, running: 0, done: 31, dead: 1 });
    expect((await dead()).map(({ event }) => (event.data as { messageId: string }).messageId)).toEqual(["17"]);
    // three to find it, and eight that counted
    expect(company).toEqual([31, 7, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it("is found among new events that come in all the time, and none of them dies for it", async () => {
    const { clock, storage, start, dead, owned } = await openMorgue(HAND);
    let written = 0;
    for (let lives = 0; lives < 40 && (await storage.inbox.counts()).dead < 3; lives += 1) {
      await start((id) => ["3", "4", "5"].includes(id));
      for (let round = 0; round < 20; round += 1) {
        await storage.inbox.add(Array.from({ length: 4 }, () => owned(`new ${++written}`)));
        await clock.advance(LEASE_MS / 10);
      }
    }
    await start(() => false);
    await clock.advance(60_000);
    expect((await dead()).map(({ event }) => (event.data as { messageId: string }).messageId).sort()).toEqual(["3", "4", "5"]);
    expect(await storage.inbox.counts()).toEqual({ waiting: 0, running: 0, done: 29 + written, dead: 3 });
  });
});

describe("a process that ends by no fault of a handler", () => {
  it("counts against nothing it had in hand, however often it ends, and is made good in a few rounds", async () => {
    const { clock, storage, start, wadesk, dead } = await openMorgue(HAND);
    const { life } = await start(() => false);
    await clock.advance(100);
    life.dead = true;
    await clock.advance(LEASE_MS);
    const next = await start(() => false);
    await clock.advance(HANDLED_IN_MS * 4 + 100);
    expect([await storage.inbox.counts(), next.life.most]).toEqual([{ waiting: 0, running: 0, done: 32, dead: 0 }, 8]);
    expect(await dead()).toEqual([]);
    await wadesk.stop();
  });

  it("does not hold up what comes in beside what it left", async () => {
    const { clock, storage, start, owned } = await openMorgue(HAND);
    const { life } = await start(() => false);
    await clock.advance(100);
    life.dead = true;
    await clock.advance(LEASE_MS);
    const next = await start(() => false);
    await clock.advance(HANDLED_IN_MS * 4 + 100);
    await storage.inbox.add(Array.from({ length: 64 }, (_, index) => owned(`new ${index}`)));
    await clock.advance(2000);
    expect([(await storage.inbox.counts()).done, next.life.most]).toEqual([96, 32]);
  });

  it("may be one that was paused: what it completes late is not completed twice, and nothing is counted", async () => {
    const { clock, storage, start } = await openMorgue(HAND);
    const first = await start(() => false);
    await clock.advance(100);
    // its storage does not hear of it until the leases are over
    first.life.dead = true;
    await clock.advance(LEASE_MS);
    await start(() => false);
    await clock.advance(50);
    first.life.dead = false;
    await clock.advance(5000);
    expect(await storage.inbox.counts()).toEqual({ waiting: 0, running: 0, done: 32, dead: 0 });
  });
});

describe("an event that has to run alone", () => {
  it("does not run before everything else has ended, and lets nothing begin beside it", async () => {
    const { clock, storage, start, owned } = await openMorgue(["alone"]);
    for (let death = 0; death < 4; death += 1) {
      await storage.inbox.claim({ owner: "a dead process", limit: 1, leaseMs: 1, now: clock.now() });
      await clock.advance(2);
    }
    await storage.inbox.add(["1", "2", "3"].map(owned));
    const { life } = await start(() => false);
    const seen: string[] = [];
    for (let step = 0; step < 12; step += 1) {
      await clock.advance(50);
      seen.push([...life.running].sort().join(" "));
    }
    expect(new Set(seen)).toEqual(new Set(["alone", "1 2 3", ""]));
    expect((await storage.inbox.counts()).done).toBe(4);
  });

  it("is not begun when its lease was lost before its turn came", async () => {
    const { inbox } = memoryStorage();
    const isLate = ({ event }: Claim): boolean => event.key.endsWith("late");
    const { wadesk, clock } = openEcho({
      inbox: { concurrency: 8, leaseMs: LEASE_MS },
      storage: {
        durable: true,
        inbox: {
          ...inbox,
          claim: async (request) => (await inbox.claim(request)).map((each) => (isLate(each) ? { ...each, deaths: 1 } : each)),
          renew: async (claim, ...rest) => !isLate(claim) && inbox.renew(claim, ...rest),
        },
      },
    });
    await wadesk.workspace("acme").connect("echo", { number: "+111", token: "tok-1" });
    const gate = Promise.withResolvers<void>();
    const begun: string[] = [];
    wadesk.process("message.received", ({ data }) => {
      begun.push(data.messageId);
      return gate.promise;
    });
    // beside one that was there when a process died, two of eight run at most
    for (const id of ["1", "2", "late"]) {
      await wadesk.inbound.receive("echo", [receivedText({ id, from: `+49${id}` })]);
      await clock.advance(0);
    }
    await clock.advance(LEASE_MS / 2);
    gate.resolve();
    await clock.advance(0);
    expect(begun).toEqual(["1", "2"]);
  });

  it("is handed back when the client stops before its turn came", async () => {
    const { clock, storage, start, owned } = await openMorgue(["slow"]);
    const { wadesk, life } = await start(() => false);
    await clock.advance(50);
    expect([...life.running]).toEqual(["slow"]);
    await storage.inbox.add([owned("alone")]);
    for (let death = 0; death < 4; death += 1) {
      await storage.inbox.claim({ owner: "a dead process", limit: 1, leaseMs: 1, now: clock.now() });
      await clock.advance(death === 3 ? 1 : 2);
    }
    const draining = wadesk.drain();
    await clock.advance(60);
    expect([...life.running]).toEqual(["slow"]);
    const stopping = wadesk.stop();
    await clock.advance(HANDLED_IN_MS);
    await stopping;
    await draining;
    expect((await storage.inbox.counts()).done).toBe(1);
    expect(await storage.inbox.claim({ owner: "another", limit: 9, leaseMs: 1000, now: clock.now() })).toMatchObject([
      { event: owned("alone"), deaths: 5 },
    ]);
  });
});
