import { describe, expect, it } from "vitest";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { ChangeNotices } from "../ports/stores/storage.ts";
import { type EchoWorld, openEcho, receivedText } from "../testing/open-echo.ts";

interface Notices extends ChangeNotices {
  readonly listeners: Set<() => void>;
  failure: Error | undefined;
}

function notices(): Notices {
  const listeners = new Set<() => void>();
  return {
    listeners,
    failure: undefined,
    async subscribe(_topic, listener) {
      if (this.failure !== undefined) throw this.failure;
      listeners.add(listener);
      return async () => void listeners.delete(listener);
    },
  };
}

/** A worker that counts what it handled, and a way to add an event as another process would. */
async function openWorker(options: Parameters<typeof openEcho>[0] = {}) {
  const world = openEcho({ ...options, storage: { durable: true, ...options.storage } });
  const { id } = await world.wadesk.workspace("acme").connect("echo", { number: "+111", token: "tok-1" });
  const handled: string[] = [];
  world.wadesk.process("message.received", (event) => void handled.push(event.data.messageId));
  const addElsewhere = (message: string): Promise<unknown> =>
    world.storage.inbox.add([{ ...receivedText({ id: message }), workspaceId: "acme", connectionId: id }]);
  return { ...world, id, handled, addElsewhere };
}

const upkeepIsFree = async ({ storage }: EchoWorld): Promise<boolean> =>
  (await storage.leases.acquire("upkeep", "another process", 1)) !== undefined;

describe("start", () => {
  it("names the channel whose own check of its settings fails, and leaves the storage out of it", async () => {
    const { wadesk, vendor } = openEcho();
    Object.assign(vendor.channel.settings, {
      missing: () => {
        throw new TypeError("no list");
      },
    });
    const failure = {
      code: "configuration_invalid",
      remedy: "none",
      message: expect.stringMatching(/of the channel echo failed: no list/),
    };
    await expect(wadesk.start()).rejects.toMatchObject(failure);
  });

  it("opens the storage before it reads anything, and rejects with what is wrong when it does not open", async () => {
    let reads = -1;
    const open = async (): Promise<void> => {
      reads = world.faulty.calls();
      throw new Error("no such file: /data/wadesk.db");
    };
    const world = openEcho({ storage: { open } });
    await expect(world.wadesk.start()).rejects.toMatchObject({
      code: "storage_unavailable",
      message: expect.stringContaining("no such file"),
    });
    expect([reads, await upkeepIsFree(world)]).toEqual([0, true]);
  });

  it("rejects with the storage's own error where that says more", async () => {
    const refused = new WadeskError("storage_unavailable", { detail: "the password was refused" });
    const { wadesk } = openEcho({ storage: { open: () => Promise.reject(refused) } });
    await expect(wadesk.start()).rejects.toBe(refused);
  });

  it("rejects when the settings cannot be read", async () => {
    const { wadesk, storage, vendor } = openEcho();
    Object.assign(vendor.channel.settings, { missing: () => [] });
    Object.assign(storage.records, { get: () => Promise.reject(new Error("connection refused")) });
    await expect(wadesk.start()).rejects.toMatchObject({
      code: "storage_unavailable",
      message: expect.stringContaining("connection refused"),
    });
  });

  it("does nothing more once it was overtaken by a stop", async () => {
    const opened = Promise.withResolvers<void>();
    const world = await openWorker({ storage: { open: () => opened.promise } });
    const starting = world.wadesk.start();
    await world.wadesk.stop();
    opened.resolve();
    await starting;
    await world.addElsewhere("m1");
    await world.clock.advance(60_000);
    expect([world.handled, await upkeepIsFree(world)]).toEqual([[], true]);
  });

  it("is one start, however often it is called", async () => {
    const changes = notices();
    const { wadesk } = await openWorker({ storage: { changes } });
    await Promise.all([wadesk.start(), wadesk.start()]);
    await wadesk.start();
    expect(changes.listeners.size).toBe(1);
    await wadesk.stop();
    expect(changes.listeners.size).toBe(0);
  });
});

describe("an event that another process added", () => {
  it("is handled at once where the storage tells of it", async () => {
    const changes = notices();
    const { wadesk, handled, addElsewhere, clock } = await openWorker({ storage: { changes } });
    await wadesk.start();
    await clock.advance(0);
    await addElsewhere("m1");
    for (const tell of changes.listeners) tell();
    await clock.advance(0);
    expect(handled).toEqual(["m1"]);
  });

  it("is handled by the next poll where it does not, and not before", async () => {
    const { wadesk, handled, addElsewhere, clock } = await openWorker({ inbox: { pollMs: 400 } });
    await wadesk.start();
    await clock.advance(0);
    await addElsewhere("m1");
    await clock.advance(399);
    expect(handled).toEqual([]);
    await clock.advance(1);
    expect(handled).toEqual(["m1"]);
    await addElsewhere("m2");
    await clock.advance(400);
    expect(handled).toEqual(["m1", "m2"]);
  });

  it("is handled by polling when the subscription fails, which is logged and tried again", async () => {
    const changes = notices();
    changes.failure = new Error("LISTEN is not allowed");
    const { wadesk, handled, addElsewhere, clock, log } = await openWorker({ storage: { changes } });
    await wadesk.start();
    await addElsewhere("m1");
    await clock.advance(1000);
    expect(handled).toEqual(["m1"]);
    expect(log.filter((line) => line.includes("LISTEN is not allowed"))).toHaveLength(1);
    changes.failure = undefined;
    await clock.advance(30_000);
    expect(changes.listeners.size).toBe(1);
  });
});

describe("a storage that never gets round to a subscription", () => {
  it("keeps start waiting for five seconds at most, and the inbox is polled", async () => {
    const asked = Promise.withResolvers<void>();
    const subscribe = (): Promise<never> => {
      asked.resolve();
      return new Promise(() => {});
    };
    const { wadesk, handled, addElsewhere, clock, log } = await openWorker({ storage: { changes: { subscribe } } });
    const starting = wadesk.start();
    await addElsewhere("m1");
    // keys are looked at before, by the runtime's own threads, which know nothing of the clock
    await asked.promise;
    await clock.advance(5000);
    await starting;
    expect(handled).toEqual(["m1"]);
    expect(log.some((line) => line.includes("notices cannot be heard yet"))).toBe(true);
  });
});

describe("stop", () => {
  it("leaves the upkeep to others at once, ends the subscription, may be called twice, and start goes on after it", async () => {
    const changes = notices();
    const world = await openWorker({ storage: { changes } });
    const { wadesk, clock, handled, addElsewhere } = world;
    await wadesk.start();
    await clock.advance(0);
    expect(await upkeepIsFree(world)).toBe(false);
    await Promise.all([wadesk.stop(), wadesk.stop()]);
    await wadesk.stop();
    expect([changes.listeners.size, await upkeepIsFree(world)]).toEqual([0, true]);
    await addElsewhere("m1");
    await clock.advance(10_000);
    expect(handled).toEqual([]);
    await wadesk.start();
    await clock.advance(0);
    expect([handled, changes.listeners.size]).toEqual([["m1"], 1]);
  });

  it("waits for a subscription's end no longer than that fails", async () => {
    const changes: ChangeNotices = { subscribe: async () => () => Promise.reject(new Error("the connection is gone")) };
    const { wadesk, log } = await openWorker({ storage: { changes } });
    await wadesk.start();
    await wadesk.stop();
    expect(log.some((line) => line.includes("the connection is gone"))).toBe(true);
  });
});
