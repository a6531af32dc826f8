import { describe, expect, it } from "vitest";
import { WadeskError } from "../errors/wadesk-error.ts";
import { openSessionWorld } from "../testing/echo-sessions.ts";
import { openEcho } from "../testing/open-echo.ts";

const number = "+111";

describe("a check that finds nothing new", () => {
  it("writes no row and tells nobody of a change, and says when the number was seen", async () => {
    const { wadesk, clock, faulty } = openEcho();
    const acme = wadesk.workspace("acme");
    const { id, version } = await acme.connect("echo", { number, token: "tok-1" });
    const { changes } = await acme.list();
    await clock.advance(5000);
    const updates = faulty.callsOf("update");
    expect((await acme.check(id)).lastSeenAt).toBe(clock.now());
    expect(faulty.callsOf("update")).toBe(updates);
    expect(await acme.get(id)).toMatchObject({ version, lastSeenAt: clock.now() });
    expect(await acme.changedSince(changes)).toMatchObject({ changed: [] });
  });

  it("revives nothing that was disconnected on request meanwhile", async () => {
    const { wadesk, vendor, clock } = openEcho();
    const acme = wadesk.workspace("acme");
    const { id, lastSeenAt } = await acme.connect("echo", { number, token: "tok-1" });
    vendor.onCheck = async () => void (await acme.disconnect(id));
    await clock.advance(5000);
    await acme.check(id);
    expect(await acme.get(id)).toMatchObject({ lastSeenAt, status: { state: "disconnected", reason: "requested" } });
  });
});

describe("a sign of life of a session", () => {
  it("is written with those of all others, once every two seconds, and under its own epoch alone", async () => {
    const { clock, storage, faulty, process } = openSessionWorld();
    const one = process();
    await one.wadesk.start();
    const ids: string[] = [];
    for (const each of ["+1", "+2", "+3"]) ids.push((await one.wadesk.workspace("acme").connect("socket", { number: each })).id);
    await clock.advance(100);
    const updates = faulty.callsOf("update");
    const touches = faulty.callsOf("touch");
    for (const { voice } of one.open.values()) voice.report({ type: "alive", at: clock.now() });
    await clock.advance(2000);
    expect([faulty.callsOf("update") - updates, faulty.callsOf("touch") - touches]).toEqual([0, 1]);
    const rows = await Promise.all(ids.map((id) => storage.connections.get("acme", id)));
    expect(rows.map((row) => row?.lastSeenAt)).toEqual(ids.map(() => clock.now() - 2000));
  });

  it("turns a number connected again that something else had found failed", async () => {
    const { clock, storage, process } = openSessionWorld();
    const one = process();
    await one.wadesk.start();
    const acme = one.wadesk.workspace("acme");
    const { id, epoch } = await acme.connect("socket", { number });
    one.onCheck = async () => {
      throw new WadeskError("temporarily_banned");
    };
    await expect(acme.check(id)).rejects.toMatchObject({ code: "temporarily_banned" });
    expect((await storage.connections.get("acme", id))?.status.state).toBe("failed");
    one.open.get(number)?.voice.report({ type: "alive", at: clock.now() });
    await clock.advance(1);
    expect(await acme.get(id)).toMatchObject({ epoch, status: { state: "connected" } });
  });

  it("turns a number connected again whose row another process had written down as silent, and writes no row for each", async () => {
    const { clock, storage, faulty, process } = openSessionWorld();
    const one = process();
    await one.wadesk.start();
    const acme = one.wadesk.workspace("acme");
    const { id, version } = await acme.connect("socket", { number });
    await clock.advance(3000);
    const status = { state: "disconnected", reason: "silent", since: clock.now() } as const;
    expect(await storage.connections.update("acme", id, version, { status })).toBe("updated");
    const updates = faulty.callsOf("update");
    for (let second = 0; second < 10; second += 1) {
      one.open.get(number)?.voice.report({ type: "alive", at: clock.now() });
      await clock.advance(1000);
    }
    expect((await acme.get(id)).status.state).toBe("connected");
    expect(faulty.callsOf("update") - updates).toBe(1);
  });

  it("turns all numbers connected again that fell silent together, whichever process wrote that down", async () => {
    const { clock, process } = openSessionWorld();
    const own = { silenceLimitMs: 60_000 };
    const processes = [process("shared", own), process("shared", own)];
    for (const { wadesk } of processes) await wadesk.start();
    const acme = processes[0]?.wadesk.workspace("acme");
    for (let index = 0; index < 8; index += 1) await acme?.connect("socket", { number: `+${index}` });
    for (let second = 0; second < 10; second += 1) await clock.advance(1000);
    expect(processes.map(({ open }) => open.size)).toEqual([4, 4]);
    for (let second = 0; second < 200; second += 1) await clock.advance(1000);
    const states = async (): Promise<unknown> => (await acme?.list())?.items.map(({ status }) => status.state);
    expect(await states()).toEqual(Array(8).fill("disconnected"));
    for (const { open } of processes) for (const { voice } of open.values()) voice.report({ type: "alive", at: clock.now() });
    await clock.advance(10);
    expect(await states()).toEqual(Array(8).fill("connected"));
    for (const { wadesk } of processes) await wadesk.stop();
  });

  it("comes after what the session said before it, however soon", async () => {
    const { clock, process } = openSessionWorld();
    const one = process();
    await one.wadesk.start();
    const acme = one.wadesk.workspace("acme");
    const { id } = await acme.connect("socket", { number });
    const voice = one.open.get(number)?.voice;
    const at = clock.now();
    voice?.report({ type: "step", step: "syncing", at });
    voice?.report({ type: "alive", at });
    await Promise.resolve();
    voice?.report({ type: "closed", reason: "connection_lost", at });
    voice?.report({ type: "alive", at });
    await clock.advance(1);
    expect((await acme.get(id)).status.state).toBe("connected");
  });
});
