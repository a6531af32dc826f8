import { describe, expect, it } from "vitest";
import { type EchoProcess, openSessionWorld, type SessionWorld } from "../testing/echo-sessions.ts";

const NEVER = new Promise<never>(() => {});

/** Numbers whose sessions `one` keeps. */
async function openKept(count: number): Promise<SessionWorld & { readonly one: EchoProcess; readonly two: EchoProcess }> {
  const world = openSessionWorld();
  const [one, two] = [world.process(), world.process()];
  await one.wadesk.start();
  for (let index = 1; index <= count; index += 1) await one.wadesk.workspace("acme").connect("socket", { number: `+${index}` });
  return { ...world, one, two };
}

/** Second by second: what is opened in between waits for the answers of other threads. */
async function seconds({ clock }: Pick<SessionWorld, "clock">, count: number): Promise<void> {
  for (let second = 0; second < count; second += 1) await clock.advance(1000);
}

/** An attempt that waits for its phone until it is cancelled. */
function pairingOf<Attempt>(process: EchoProcess, begin: () => Attempt): Attempt {
  process.onPair = (_records, _voice, signal) =>
    new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("cancelled")), { once: true }));
  return begin();
}

const linesAbout = ({ log }: EchoProcess, text: string): readonly string[] => log.filter((line) => line.includes(text));

describe("a stop", () => {
  it("closes all sessions together within its time, says in one line how many did not, and aborts those", async () => {
    const { clock, one } = await openKept(20);
    const sessions = [...one.open.values()];
    one.onClose = () => NEVER;
    let stopped = false;
    const stopping = one.wadesk.stop({ withinMs: 3000 }).then(() => {
      stopped = true;
    });
    await clock.advance(1);
    expect(one.calls.filter((call) => call.startsWith("close"))).toHaveLength(20);
    await clock.advance(2998);
    expect(stopped).toBe(false);
    await clock.advance(1);
    await stopping;
    expect(linesAbout(one, "did not close in time")).toEqual([expect.stringContaining('"sessions":20')]);
    expect(sessions.filter(({ signal }) => !signal.aborted)).toEqual([]);
  });

  it("leaves what closed to others at once, and what did not when its own heartbeat is over", async () => {
    const { clock, one, two } = await openKept(4);
    one.onClose = (number) => (number === "+1" ? NEVER : Promise.resolve());
    await two.wadesk.start();
    const stopping = one.wadesk.stop({ withinMs: 100 });
    await clock.advance(100);
    await stopping;
    await seconds({ clock }, 4);
    // their secrets are opened by the runtime's own threads, which know nothing of the clock
    await expect.poll(() => [...two.open.keys()].sort()).toEqual(["+2", "+3", "+4"]);
    await seconds({ clock }, 9);
    await expect.poll(() => [...two.open.keys()].sort()).toEqual(["+1", "+2", "+3", "+4"]);
    await two.wadesk.stop();
  });

  it("counts what handlers and calls took: none of it is left for sessions that do not close", async () => {
    const { clock, one } = await openKept(1);
    one.onCheck = () => NEVER;
    one.onClose = () => NEVER;
    const [{ id } = { id: "" }] = (await one.wadesk.workspace("acme").list()).items;
    const checking = one.wadesk
      .workspace("acme")
      .check(id)
      .catch(() => {});
    await clock.advance(1);
    let stopped = false;
    const stopping = one.wadesk.stop({ withinMs: 1000 }).then(() => {
      stopped = true;
    });
    await clock.advance(1000);
    await clock.advance(0);
    expect(stopped).toBe(true);
    await stopping;
    await checking;
  });

  it("waits for no storage that hangs longer than its time", async () => {
    const { clock, one, storage } = await openKept(2);
    for (const method of ["release", "leave"]) Object.assign(storage.sessions, { [method]: () => NEVER });
    const stopping = one.wadesk.stop({ withinMs: 500 });
    await clock.advance(500);
    await stopping;
    expect(linesAbout(one, "without waiting any longer for the storage")).toHaveLength(1);
  });

  it("frees its sessions though an attempt to link a number goes on", async () => {
    const { clock, one, two } = await openKept(2);
    one.onPair = () => NEVER;
    void one.wadesk.workspace("acme").connect("socket", { number: "+9" });
    await clock.advance(1);
    const stopping = one.wadesk.stop({ withinMs: 5000 });
    await two.wadesk.start();
    await seconds({ clock }, 4);
    expect([...two.open.keys()].sort()).toEqual(["+1", "+2"]);
    await seconds({ clock }, 1);
    await stopping;
    expect(linesAbout(one, "without waiting any longer for attempts to link a number")).toEqual([expect.stringContaining('"attempts":1')]);
    await two.wadesk.stop();
  });

  it("cancels an attempt to link a number, and waits until nothing is left of it", async () => {
    const { clock, one, storage, recordsOf } = await openKept(1);
    const linking = pairingOf(one, () => one.wadesk.workspace("acme").connect("socket", { number: "+9" }));
    await clock.advance(1);
    await one.wadesk.stop();
    expect(await storage.connections.get("acme", linking.connectionId)).toBeUndefined();
    expect([await recordsOf(linking.connectionId), await storage.sessions.find(linking.connectionId)]).toEqual([[], undefined]);
    expect((await storage.sessions.standing("socket")).shares).toEqual([]);
    await expect(linking).rejects.toMatchObject({ code: "linking_cancelled" });
    expect(one.log).toEqual([]);
  });

  it("cancels the pairing of a number that had one, whose former session is free for others at once", async () => {
    const { clock, one, two } = await openKept(1);
    const [{ id } = { id: "" }] = (await one.wadesk.workspace("acme").list()).items;
    const again = pairingOf(one, () => one.wadesk.workspace("acme").reconnect(id, "socket", { number: "+1" }));
    await clock.advance(1);
    await one.wadesk.stop();
    await expect(again).rejects.toMatchObject({ code: "linking_cancelled" });
    await two.wadesk.start();
    await seconds({ clock }, 3);
    expect([...two.open.keys()]).toEqual(["+1"]);
    await two.wadesk.stop();
  });

  it("that is called again while it runs ends with it, or when its own time is over", async () => {
    const { clock, one } = await openKept(1);
    const gate = Promise.withResolvers<void>();
    one.onClose = () => gate.promise;
    const ended: string[] = [];
    const stop = (name: string, withinMs: number): Promise<unknown> => one.wadesk.stop({ withinMs }).then(() => ended.push(name));
    const all = [stop("first", 10_000), stop("again", 10_000), stop("short", 1000)];
    await clock.advance(999);
    expect(ended).toEqual([]);
    await clock.advance(1);
    expect(ended).toEqual(["short"]);
    gate.resolve();
    await Promise.all(all);
    expect([...ended].sort()).toEqual(["again", "first", "short"]);
  });

  it("that follows a start which has not come through ends with the one that still runs", async () => {
    const { clock, one } = await openKept(1);
    const gate = Promise.withResolvers<void>();
    one.onClose = () => gate.promise;
    let stopped = false;
    const first = one.wadesk.stop();
    const starting = one.wadesk.start();
    const second = one.wadesk.stop().then(() => {
      stopped = true;
    });
    await clock.advance(100);
    expect(stopped).toBe(false);
    gate.resolve();
    await Promise.all([first, starting, second]);
    await clock.advance(5000);
    expect(one.open.size).toBe(0);
  });

  it("waits for what it was opening, which is closed", async () => {
    const { clock, one } = await openKept(1);
    await one.wadesk.stop();
    const gate = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    one.onOpen = () => {
      reached.resolve();
      return gate.promise;
    };
    await one.wadesk.start();
    await reached.promise;
    let stopped = false;
    const stopping = one.wadesk.stop({ withinMs: 1000 }).then(() => {
      stopped = true;
    });
    await clock.advance(500);
    expect(stopped).toBe(false);
    gate.resolve();
    await stopping;
    expect([one.open.size, linesAbout(one, "did not close in time")]).toEqual([0, []]);
  });

  it("opens nothing that it claimed at the last moment", async () => {
    const { clock, one, two, storage } = await openKept(1);
    await one.wadesk.stop();
    const { claim } = storage.sessions;
    one.calls.length = 0;
    Object.assign(storage.sessions, {
      claim: async (...call: Parameters<typeof claim>) => {
        Object.assign(storage.sessions, { claim });
        const leases = await claim(...call);
        void one.wadesk.stop();
        await clock.advance(1);
        return leases;
      },
    });
    await one.wadesk.start();
    await clock.advance(5000);
    expect(one.calls).toEqual([]);
    await two.wadesk.start();
    await clock.advance(2000);
    expect(two.open.size).toBe(1);
  });
});

describe("a heartbeat that is lost", () => {
  it("ends what is being opened at once, too, and not when the storage is back", async () => {
    const { clock, one, faulty } = await openKept(1);
    await one.wadesk.stop();
    let opening: AbortSignal | undefined;
    one.onOpen = async (_number, signal) => {
      opening = signal;
      await NEVER;
    };
    await one.wadesk.start();
    await clock.advance(1);
    expect(opening?.aborted).toBe(false);
    faulty.setAway(true);
    await clock.advance(9000);
    expect(opening?.aborted).toBe(true);
  });
});
