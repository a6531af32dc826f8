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
    await clock.advance(2000);
    expect([...two.open.keys()].sort()).toEqual(["+2", "+3", "+4"]);
    await clock.advance(9000);
    expect([...two.open.keys()].sort()).toEqual(["+1", "+2", "+3", "+4"]);
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
    await one.wadesk.stop();
    await two.wadesk.start();
    await clock.advance(2000);
    expect([...two.open.keys()].sort()).toEqual(["+1", "+2"]);
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
