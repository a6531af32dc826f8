import { describe, expect, it } from "vitest";
import { WadeskError } from "../errors/wadesk-error.ts";
import { type EchoProcess, openSessionWorld, type SessionWorld } from "../testing/echo-sessions.ts";

const number = "+111";

/** A number whose session `one` keeps, and `two` beside it, which keeps none. */
async function openKept(): Promise<SessionWorld & { readonly one: EchoProcess; readonly two: EchoProcess; readonly id: string }> {
  const world = openSessionWorld();
  const [one, two] = [world.process(), world.process()];
  await one.wadesk.start();
  const { id } = await one.wadesk.workspace("acme").connect("socket", { number });
  return { ...world, one, two, id };
}

const refuse = (): Promise<never> => Promise.reject(new WadeskError("rate_limited"));

describe("what is left to the owner of a session", () => {
  it("is tried once, and says for an hour why it failed; asked once more, it is tried once more", async () => {
    const { clock, one, two, id, recordsOf } = await openKept();
    const acme = two.wadesk.workspace("acme");
    one.onDisconnect = refuse;
    await acme.disconnect(id);
    const { at } = (await acme.intent(id)) ?? {};
    await clock.advance(60_000);
    expect(one.calls).toEqual(["unlink +111"]);
    expect(await acme.intent(id)).toEqual({ action: "disconnect", at, failed: "rate_limited" });
    expect((await acme.get(id)).status.state).toBe("connected");
    one.onDisconnect = async () => {};
    await acme.disconnect(id);
    expect(await acme.intent(id)).toEqual({ action: "disconnect", at: clock.now() });
    await clock.advance(2000);
    expect([(await acme.get(id)).status, await acme.intent(id)]).toMatchObject([{ reason: "requested" }, undefined]);
    expect((await recordsOf(id)).filter((name) => name.startsWith("intent/"))).toEqual([]);
    expect(one.log.filter((line) => line.includes("could not be done"))).toHaveLength(1);
  });

  it("is forgotten an hour after it failed", async () => {
    const { clock, one, two, id } = await openKept();
    one.onDisconnect = refuse;
    await two.wadesk.workspace("acme").disconnect(id);
    await clock.advance(3_599_000);
    expect(await two.wadesk.workspace("acme").intent(id)).toMatchObject({ failed: "rate_limited" });
    await clock.advance(4000);
    expect(await two.wadesk.workspace("acme").intent(id)).toBeUndefined();
  });

  it("is done by whoever looks where the session has ended for good before its owner came to it", async () => {
    const { clock, storage, one, two, id, recordsOf } = await openKept();
    await two.wadesk.workspace("acme").remove(id);
    one.open.get(number)?.voice.report({ type: "closed", reason: "unlinked", at: clock.now() });
    await clock.advance(1);
    expect(await two.wadesk.workspace("acme").intent(id)).toMatchObject({ action: "remove" });
    await clock.advance(15_000);
    expect(await storage.connections.get("acme", id)).toBeUndefined();
    expect([await recordsOf(id), await storage.sessions.find(id)]).toEqual([[], undefined]);
  });

  it("gives way to more that is asked while it is being done, and more is not lost with it", async () => {
    const { clock, storage, one, two, id } = await openKept();
    const acme = two.wadesk.workspace("acme");
    one.onCheck = async () => void (await acme.remove(id));
    await acme.check(id);
    await clock.advance(2000);
    expect(await acme.intent(id)).toMatchObject({ action: "remove" });
    await clock.advance(2000);
    expect(await storage.connections.get("acme", id)).toBeUndefined();
  });

  it("goes to the next owner where a stop cut it short", async () => {
    const { clock, one, two, id } = await openKept();
    one.onDisconnect = () => new Promise(() => {});
    const acme = two.wadesk.workspace("acme");
    await acme.disconnect(id);
    await clock.advance(2000);
    expect(one.calls).toEqual(["unlink +111"]);
    const stopping = one.wadesk.stop({ withinMs: 1000 });
    await clock.advance(1000);
    await stopping;
    expect(await acme.intent(id)).not.toHaveProperty("failed");
    await two.wadesk.start();
    await clock.advance(14_000);
    expect(two.calls).toEqual(["open +111", "unlink +111", "close +111"]);
    expect([(await acme.get(id)).status, await acme.intent(id)]).toMatchObject([{ reason: "requested" }, undefined]);
  });

  it("is not done to a number that was linked anew since", async () => {
    const { clock, one, two, id } = await openKept();
    const acme = two.wadesk.workspace("acme");
    await one.wadesk.stop();
    await acme.disconnect(id);
    await clock.advance(1);
    await acme.reconnect(id, "socket", { number });
    await one.wadesk.start();
    await clock.advance(15_000);
    expect(one.calls).not.toContain("unlink +111");
    expect([(await acme.get(id)).status.state, await acme.intent(id)]).toEqual(["connected", undefined]);
  });
});

describe("what needs no session", () => {
  it("renames a connection whose session another process keeps, or none, at once", async () => {
    const { one, two, id } = await openKept();
    const acme = two.wadesk.workspace("acme");
    expect((await acme.rename(id, "Counter")).label).toBe("Counter");
    expect([(await acme.get(id)).label, await acme.intent(id), one.calls]).toEqual(["Counter", undefined, []]);
    await one.wadesk.stop();
    expect((await acme.rename(id, "Till")).label).toBe("Till");
  });
});

describe("a workspace that is deleted while another process keeps its sessions", () => {
  it("is refused until that one has removed them, within two seconds, and then nothing is left", async () => {
    const { clock, storage, one, two, id, recordsOf } = await openKept();
    await one.open.get(number)?.records.set(new Map([["key", new Uint8Array(1)]]));
    await expect(two.wadesk.deleteWorkspace("acme")).rejects.toMatchObject({ code: "session_elsewhere" });
    await clock.advance(2000);
    expect(one.calls).toEqual(["unlink +111", "close +111"]);
    await two.wadesk.deleteWorkspace("acme");
    expect([await recordsOf(id), await storage.sessions.find(id), (await storage.connections.walk({ limit: 1 })).items]).toEqual([
      [],
      undefined,
      [],
    ]);
  });

  it("is refused with what the vendor said to the other, which is asked once more; by force it goes, and the log says that nobody was told", async () => {
    const { clock, storage, one, two } = await openKept();
    one.onDisconnect = refuse;
    for (const code of ["session_elsewhere", "rate_limited", "rate_limited"]) {
      await expect(two.wadesk.deleteWorkspace("acme")).rejects.toMatchObject({ code });
      await clock.advance(4000);
    }
    expect(one.calls.filter((call) => call.startsWith("unlink"))).toHaveLength(3);
    await two.wadesk.deleteWorkspace("acme", { force: true });
    expect((await storage.connections.walk({ limit: 1 })).items).toEqual([]);
    expect(two.log.filter((line) => line.includes("could not be told"))).toHaveLength(1);
  });

  it("is refused with no failure of a mere check", async () => {
    const { clock, one, two, id } = await openKept();
    one.onCheck = refuse;
    await two.wadesk.workspace("acme").check(id);
    await clock.advance(2000);
    expect(await two.wadesk.workspace("acme").intent(id)).toMatchObject({ failed: "rate_limited" });
    await expect(two.wadesk.deleteWorkspace("acme")).rejects.toMatchObject({ code: "session_elsewhere" });
  });

  it("is gone at once by force: the other closes its session when it looks, and what it writes until then is refused", async () => {
    const { clock, storage, one, two, id, recordsOf } = await openKept();
    await one.wadesk.stop();
    await one.wadesk.start();
    await clock.advance(1);
    const session = one.open.get(number);
    const key = new Map([["key", new Uint8Array(1)]]);
    await session?.records.set(key);
    await two.wadesk.deleteWorkspace("acme", { force: true });
    await expect(session?.records.set(key)).rejects.toMatchObject({ code: "lease_lost" });
    session?.voice.report({ type: "closed", reason: "connection_lost", at: clock.now() });
    await clock.advance(2000);
    expect([session?.signal.aborted, one.open.size]).toEqual([true, 0]);
    await clock.advance(60_000);
    expect([await recordsOf(id), await storage.sessions.find(id), (await storage.connections.walk({ limit: 1 })).items]).toEqual([
      [],
      undefined,
      [],
    ]);
  });

  it("leaves no session of a connection that another process was opening", async () => {
    const { clock, storage, one, two, id, recordsOf } = await openKept();
    await one.wadesk.stop();
    const { get } = storage.connections;
    Object.assign(storage.connections, {
      get: async (...call: Parameters<typeof get>) => {
        const row = await get(...call);
        if (row === undefined) return row;
        Object.assign(storage.connections, { get });
        await two.wadesk.deleteWorkspace("acme", { force: true });
        // above the lease's token, so that another lease is taken
        return { ...row, epoch: 50 };
      },
    });
    await one.wadesk.start();
    await clock.advance(60_000);
    expect([one.open.size, await recordsOf(id), await storage.sessions.find(id)]).toEqual([0, [], undefined]);
  });
});
