import { describe, expect, it } from "vitest";
import type { InboundEvent, WadeskEvent } from "../model/event.ts";
import type { HealthFact } from "../status/health-fact.ts";
import { type EchoWorld, openEcho, receivedText } from "../testing/open-echo.ts";

const told = (at: number, health: HealthFact = { type: "failed", code: "banned" }): InboundEvent => ({
  key: `echo:A|ban|${at}`,
  route: "echo:A",
  scope: "account",
  orderKey: "echo:A|account",
  type: "account.changed",
  at,
  data: { change: "ban", raw: {} },
  health,
});

/** Two workspaces on one account, each with a number through one app, and the first with one through another app besides. */
async function openShared(): Promise<EchoWorld & { readonly states: () => Promise<string[]> }> {
  const world = openEcho({ movable: true });
  const connect = (workspace: string, number: string, speaker: string) =>
    world.wadesk.workspace(workspace).connect("echo", { number, token: `tok ${number}`, account: "A", speaker, label: number } as never);
  // the other app's is the older one, so that it would be the first to be asked
  const rows = [
    await connect("acme", "+222", "echo:two"),
    await connect("acme", "+111", "echo:one"),
    await connect("beta", "+333", "echo:one"),
    await connect("beta", "+444", "echo:two"),
  ];
  const states = async (): Promise<string[]> => {
    const now = await Promise.all(rows.map(({ workspaceId, id }) => world.wadesk.workspace(workspaceId).get(id)));
    return now.filter(({ status }) => status.state === "failed").map(({ label }) => label);
  };
  return { ...world, states };
}

describe("what a speaker's secret has verified", () => {
  it("is heard by the number it names if that one speaks through it, else by nobody, logged and counted", async () => {
    const { wadesk, log } = await openShared();
    const heard: string[] = [];
    wadesk.process("message.received", ({ data }) => void heard.push(data.connection.label));
    for (const speaker of ["echo:one", "echo:two", undefined]) {
      const events = ["+111", "+222", "+999"].map((number) => receivedText({ id: `m ${speaker}`, route: `echo:${number}` }));
      await wadesk.inbound.receive("echo", events, undefined, speaker);
    }
    expect(heard).toEqual(["+111", "+222"]);
    expect(wadesk.inbound.passedOver()).toEqual({ unowned: 3, unspoken: 4 });
    expect(log.filter((line) => line.startsWith("warn") && line.includes("echo:+222") && line.includes("echo:one"))).toHaveLength(1);
  });

  it("is told once to every workspace with a number of that speaker on the account, and judges those numbers alone", async () => {
    const { wadesk, clock, states } = await openShared();
    const seen: WadeskEvent<"account.changed">[] = [];
    wadesk.process("account.changed", (event) => void seen.push(event));
    await wadesk.inbound.receive("echo", [told(clock.now() + 5000)], undefined, "echo:one");
    expect(seen.map(({ workspaceId, data }) => [workspaceId, data.connection.label])).toEqual([
      ["acme", "+111"],
      ["beta", "+333"],
    ]);
    expect(await states()).toEqual(["+111", "+333"]);
    await wadesk.inbound.receive("echo", [told(clock.now() + 6000)], undefined, "echo:nobody");
    expect([seen.length, await states()]).toEqual([2, ["+111", "+333"]]);
  });

  it("no longer judges a number that was given to another speaker before it was worked on, though its handler hears of it", async () => {
    const world = openEcho({ movable: true });
    const { wadesk, clock, storage } = world;
    const acme = wadesk.workspace("acme");
    const { id } = await acme.connect("echo", { number: "+111", token: "tok-1", account: "A", speaker: "echo:one" });
    const heard: string[] = [];
    wadesk.process("account.changed", ({ data }) => void heard.push(data.change));
    const event = { ...told(clock.now() + 5000), key: "k", workspaceId: "acme", connectionId: id, speaker: "echo:one" };
    await acme.reconnect(id, "echo", { number: "+111", token: "tok-2", account: "A", speaker: "echo:two" });
    await storage.inbox.add([event]);
    await wadesk.drain();
    expect([heard, (await acme.get(id)).status.state]).toEqual([["ban"], "connected"]);
    // one from before speakers were kept was said by whoever spoke for its owner
    const { speaker: _absent, ...former } = { ...event, key: "k2", at: clock.now() + 6000 };
    await storage.inbox.add([former]);
    await wadesk.drain();
    expect((await acme.get(id)).status.state).toBe("failed");
  });
});

it("a number that leaves is the last of its account for its own speaker, whoever else is on it", async () => {
  const { wadesk, vendor } = await openShared();
  const { items } = await wadesk.workspace("acme").list();
  for (const { id } of items) await wadesk.workspace("acme").disconnect(id);
  const [last] = (await wadesk.workspace("beta").list()).items;
  await wadesk.workspace("beta").disconnect(last?.id ?? "");
  expect(vendor.calls.filter((call) => call.startsWith("disconnect")).map((call) => call.split(", ")[1])).toEqual([
    "siblings 1",
    "siblings 1",
    "siblings 0",
  ]);
});

it("what names a number by its display form reaches it in every spelling, and no neighbour", async () => {
  const { wadesk, clock } = openEcho();
  for (const [workspace, number] of [
    ["acme", "+5511987654321"],
    ["beta", "+551137654321"],
  ] as const) {
    await wadesk.workspace(workspace).connect("echo", { number, token: "tok", account: "A", speaker: "echo:one" });
  }
  const heard: string[] = [];
  wadesk.process("account.changed", ({ workspaceId }) => void heard.push(workspaceId));
  for (const phone of ["+551187654321", "+5511987654321", "+551137654321", "+5511937654321"]) {
    await wadesk.inbound.receive("echo", [{ ...told(clock.now()), key: phone, phone }], undefined, "echo:one");
  }
  expect(heard).toEqual(["acme", "acme", "beta"]);
});
