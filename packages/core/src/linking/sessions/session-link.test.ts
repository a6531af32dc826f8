import { describe, expect, it } from "vitest";
import type { SealedRecords } from "../../ports/context.ts";
import { type EchoProcess, openSessionWorld, type SessionWorld } from "../../testing/echo-sessions.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const number = "+111";
const hello = { to: "+4915100000001", content: { kind: "text", text: "Hi" } } as const;

type Records = Pick<SealedRecords, "get" | "set">;
const write = (records: Records | undefined, text: string): Promise<void> | undefined => records?.set(new Map([["key", bytes(text)]]));
const read = async (records: Records | undefined): Promise<string> =>
  new TextDecoder().decode((await records?.get(["key"]))?.get("key") ?? bytes("nothing"));

/** A number whose session `one` keeps, with a record `key` that says `former`. */
async function openLinked(): Promise<SessionWorld & { readonly one: EchoProcess; readonly two: EchoProcess; readonly id: string }> {
  const world = openSessionWorld();
  const [one, two] = [world.process(), world.process()];
  await one.wadesk.start();
  const { id } = await one.wadesk.workspace("acme").connect("socket", { number });
  await write(one.open.get(number)?.records, "former");
  return { ...world, one, two, id };
}

/** Has a process write a record when it pairs, and wait until the attempt is cancelled. Resolves once it waits. */
function pairingOf(process: EchoProcess): Promise<void> {
  const reached = Promise.withResolvers<void>();
  process.onPair = async (records, _voice, signal) => {
    await write(records, "new");
    reached.resolve();
    await new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("cancelled")), { once: true }));
  };
  return reached.promise;
}

describe("a first number", () => {
  it("is cancelled from another process than the one that links it, and nothing of it is left", async () => {
    const { clock, storage, recordsOf, ...world } = openSessionWorld();
    const [one, two] = [world.process(), world.process()];
    await one.wadesk.start();
    const paired = pairingOf(one);
    const linking = one.wadesk.workspace("acme").connect("socket", { number });
    const end = linking.catch((error: unknown) => error);
    await paired;
    await two.wadesk.workspace("acme").cancel(linking.connectionId);
    await clock.advance(2000);
    expect(await end).toMatchObject({ code: "linking_cancelled" });
    expect(await storage.connections.get("acme", linking.connectionId)).toBeUndefined();
    expect([await recordsOf(linking.connectionId), await storage.sessions.find(linking.connectionId)]).toEqual([[], undefined]);
    expect(one.open.size).toBe(0);
  });

  it("is not linked by a process whose heartbeat was lost meanwhile: what it wrote goes, and it writes nothing more", async () => {
    const { clock, storage, faulty, recordsOf, ...world } = openSessionWorld();
    const one = world.process();
    let late: unknown;
    one.onPair = async (records) => {
      await write(records, "in time");
      faulty.setAway(true);
      await clock.advance(10_000);
      faulty.setAway(false);
      late = await write(records, "late")?.catch((error: unknown) => error);
    };
    const linking = one.wadesk.workspace("acme").connect("socket", { number });
    await expect(linking).rejects.toMatchObject({ code: "linking_cancelled" });
    expect(late).toMatchObject({ code: "lease_lost" });
    expect(await storage.connections.get("acme", linking.connectionId)).toBeUndefined();
    expect([await recordsOf(linking.connectionId), await storage.sessions.find(linking.connectionId)]).toEqual([[], undefined]);
  });

  it("is opened by another process where its own ended between its row and its session", async () => {
    const { clock, storage, ...world } = openSessionWorld();
    const [one, two] = [world.process(), world.process()];
    const { setPrimary } = storage.connections;
    // what comes after the row is never done
    const reached = Promise.withResolvers<void>();
    const stay = (): Promise<void> => {
      reached.resolve();
      return new Promise(() => {});
    };
    Object.assign(storage.connections, { setPrimary: stay });
    void one.wadesk.workspace("acme").connect("socket", { number });
    await reached.promise;
    const [row] = (await storage.connections.walk({ limit: 1 })).items;
    expect(row?.status.state).toBe("connected");
    Object.assign(storage.connections, { setPrimary });
    Object.assign(storage.sessions, { beat: async () => "lost" });
    await clock.advance(10_000);
    await two.wadesk.start();
    await clock.advance(2000);
    expect([...two.open.keys()]).toEqual([number]);
  });
});

describe("a number that is paired again", () => {
  it("goes on with the session that linking opened: it writes in the place of the former records, under the session's own lease", async () => {
    const { clock, one, id, recordsOf } = await openLinked();
    one.onPair = async (records) => void (await write(records, "new"));
    await one.wadesk.workspace("acme").reconnect(id, "socket", { number });
    const session = one.open.get(number);
    expect(await read(session?.records)).toBe("new");
    await one.wadesk.workspace("acme").send({ ...hello, from: id });
    await write(session?.records, "newer");
    await one.wadesk.stop();
    await one.wadesk.start();
    await clock.advance(1);
    expect(await read(one.open.get(number)?.records)).toBe("newer");
    expect((await recordsOf(id)).filter((name) => name.startsWith("staged/"))).toEqual([]);
  });

  it("is kept like any other by the process that kept it before: what ends is opened again, what is unlinked is not", async () => {
    const { clock, one, id } = await openLinked();
    await one.wadesk.workspace("acme").reconnect(id, "socket", { number });
    one.calls.length = 0;
    one.open.get(number)?.cut();
    await clock.advance(1100);
    expect(one.calls).toEqual(["open +111"]);
    await one.wadesk.workspace("acme").reconnect(id, "socket", { number });
    one.calls.length = 0;
    one.open.get(number)?.voice.report({ type: "closed", reason: "unlinked", at: clock.now() });
    await clock.advance(600_000);
    expect(one.calls).toEqual(["close +111"]);
  });

  it("is cancelled from another process, and its former session goes on", async () => {
    const { clock, one, two, id, recordsOf } = await openLinked();
    const paired = pairingOf(two);
    const again = two.wadesk.workspace("acme").reconnect(id, "socket", { number });
    const end = again.catch((error: unknown) => error);
    await paired;
    await one.wadesk.workspace("acme").cancel(id);
    await clock.advance(2000);
    expect(await end).toMatchObject({ code: "linking_cancelled" });
    expect([await read(one.open.get(number)?.records), one.open.get(number)?.signal.aborted]).toEqual(["former", false]);
    expect((await recordsOf(id)).filter((name) => /^(staged|cancel)\//.test(name))).toEqual([]);
    expect(two.open.size).toBe(0);
  });

  it("is not ended by a cancel that came too late for the attempt before", async () => {
    const { clock, one, two, id } = await openLinked();
    await two.wadesk.workspace("acme").cancel(id);
    const gate = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    one.onPair = () => {
      reached.resolve();
      return gate.promise;
    };
    const again = one.wadesk.workspace("acme").reconnect(id, "socket", { number });
    await reached.promise;
    await clock.advance(5000);
    gate.resolve();
    expect((await again).status.state).toBe("connected");
  });

  it("is not paired by a process whose heartbeat was lost: its former session goes on elsewhere, nothing new is in force", async () => {
    const { clock, one, two, id, storage, recordsOf } = await openLinked();
    const { take } = storage.sessions;
    two.onPair = async (records) => {
      await write(records, "new");
      // others took over while this process stood still
      Object.assign(storage.sessions, { take: async () => undefined });
    };
    const again = two.wadesk.workspace("acme").reconnect(id, "socket", { number });
    await expect(again).rejects.toMatchObject({ code: "lease_lost" });
    Object.assign(storage.sessions, { take });
    await clock.advance(4000);
    expect(await read(one.open.get(number)?.records)).toBe("former");
    expect([two.open.size, (await recordsOf(id)).filter((name) => name.startsWith("staged/"))]).toEqual([0, []]);
  });

  it("never takes the epoch back where another process opened it before its row was written", async () => {
    const { clock, one, two, id, storage } = await openLinked();
    const { update } = storage.connections;
    Object.assign(storage.connections, {
      update: async (...call: Parameters<typeof update>) => {
        if (!("connectedAt" in call[3])) return update(...call);
        Object.assign(storage.connections, { update });
        // this process stands still; its lease ends, and the other opens the session
        for (const { process } of (await storage.sessions.standing("socket")).shares) await storage.sessions.leave(process);
        await clock.advance(15_000);
        return update(...call);
      },
    });
    await one.wadesk.stop();
    await two.wadesk.start();
    const again = one.wadesk.workspace("acme").reconnect(id, "socket", { number });
    await expect(again).rejects.toMatchObject({ code: expect.stringMatching(/lease_lost|linking_cancelled/) });
    const { epoch, status } = await two.wadesk.workspace("acme").get(id);
    expect([two.open.size, epoch, status.state]).toEqual([1, (await two.wadesk.workspace("acme").get(id)).epoch, "connected"]);
    two.open.get(number)?.voice.report({ type: "closed", reason: "connection_lost", at: clock.now() });
    await clock.advance(1);
    expect((await two.wadesk.workspace("acme").get(id)).status.state).toBe("disconnected");
  });
});

describe("a number whose linking is cancelled", () => {
  it("is unlinked at the vendor by the session that linking opened, which is closed even where the vendor does not answer", async () => {
    for (const refuses of [false, true]) {
      const { clock, storage, ...world } = openSessionWorld();
      const [one, two] = [world.process(), world.process()];
      if (refuses) one.onDisconnect = () => Promise.reject(new Error("no answer"));
      const { set: put } = storage.records;
      const linking = one.wadesk.workspace("acme").connect("socket", { number });
      // when linking is done, and before anything is stored
      Object.assign(storage.records, {
        set: async (...call: Parameters<typeof put>) => {
          if (call[0].startsWith("secret/")) await two.wadesk.workspace("acme").cancel(linking.connectionId);
          return put(...call);
        },
      });
      await expect(linking).rejects.toMatchObject({ code: "linking_cancelled" });
      expect([one.calls, one.open.size]).toEqual([["unlink +111", "close +111"], 0]);
      await clock.advance(1);
    }
  });
});
