import { describe, expect, it } from "vitest";
import { WadeskError } from "../errors/wadesk-error.ts";
import { openEcho } from "../testing/open-echo.ts";

const tok = { token: "tok-1" };

describe("a workspace's connections", () => {
  it("are listed oldest first, filtered and counted by state and region, page by page", async () => {
    const { wadesk, vendor, clock } = openEcho();
    const acme = wadesk.workspace("acme");
    for (const number of ["+5511999990000", "+4915100000001", "+5511999990002"]) {
      await acme.connect("echo", { ...tok, number });
      await clock.advance(1000);
    }
    const { items } = await acme.list();
    vendor.onCheck = () => Promise.reject(new WadeskError("token_expired"));
    await expect(acme.check(items[1]?.id ?? "")).rejects.toMatchObject({ code: "token_expired" });
    const all = await acme.list({ limit: 2 });
    expect(all.counts).toEqual({ all: 3, connected: 2, pending: 0, disconnected: 0, failed: 1 });
    expect(all.items.map((row) => row.phone)).toEqual(["+5511999990000", "+4915100000001"]);
    expect((await acme.list({ limit: 2, cursor: all.next ?? "" })).items.map((row) => row.phone)).toEqual(["+5511999990002"]);
    expect((await acme.list({ state: "failed" })).items.map((row) => row.region)).toEqual(["DE"]);
    expect((await acme.list({ region: "BR" })).items).toHaveLength(2);
  });

  it("are one workspace's own: no call shows or touches another's", async () => {
    const { wadesk } = openEcho();
    const { id } = await wadesk.workspace("acme").connect("echo", { ...tok, number: "+111" });
    const rival = wadesk.workspace("rival");
    const calls = [
      rival.get(id),
      rival.steps(id),
      rival.rename(id, "mine"),
      rival.setPrimary(id),
      rival.disconnect(id),
      rival.remove(id),
      rival.check(id),
      rival.reconnect(id, "echo", { ...tok, number: "+111" }),
      rival.send({ to: "+4915100000001", content: { kind: "text", text: "x" }, from: id }),
    ];
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: "connection_not_found" });
    expect((await wadesk.workspace("acme").get(id)).status.state).toBe("connected");
  });

  it("count a phone that fell silent as disconnected, on the card, in the filter and in the counts", async () => {
    const { wadesk, clock } = openEcho({ silenceLimitMs: 90_000 });
    const acme = wadesk.workspace("acme");
    const { id } = await acme.connect("echo", { ...tok, number: "+111" });
    await clock.advance(90_001);
    expect((await acme.get(id)).status).toMatchObject({ state: "disconnected", reason: "silent" });
    expect((await acme.list({ state: "disconnected" })).items).toHaveLength(1);
    expect((await acme.list()).counts).toMatchObject({ connected: 0, disconnected: 1 });
  });

  it("can be renamed, and refuse an empty label", async () => {
    const { wadesk } = openEcho();
    const acme = wadesk.workspace("acme");
    const { id } = await acme.connect("echo", { ...tok, number: "+111" });
    expect((await acme.rename(id, " Sales ")).label).toBe("Sales");
    await expect(acme.rename(id, " ")).rejects.toMatchObject({ code: "input_invalid", issues: [{ field: "label" }] });
  });

  it("tell listeners when they change, and whoever throws there disturbs nobody", async () => {
    const { wadesk, log } = openEcho();
    const states: string[] = [];
    wadesk.on("connection.changed", () => {
      throw new Error("listener");
    });
    const end = wadesk.on("connection.changed", ({ connection }) => void states.push(connection.status.state));
    const acme = wadesk.workspace("acme");
    const { id } = await acme.connect("echo", { ...tok, number: "+111" });
    await acme.disconnect(id);
    end();
    await acme.remove(id);
    expect(states).toEqual(["pending", "connected", "disconnected"]);
    expect(log.some((line) => line.includes("a listener threw"))).toBe(true);
  });
});

describe("the primary connection", () => {
  it("is the first one, moves on request, and passes to the oldest connected one when it is removed", async () => {
    const { wadesk, clock } = openEcho();
    const acme = wadesk.workspace("acme");
    const ids: string[] = [];
    for (const number of ["+111", "+222", "+333"]) {
      ids.push((await acme.connect("echo", { ...tok, number })).id);
      await clock.advance(1000);
    }
    const [first = "", second = "", third = ""] = ids;
    const primaries = async (): Promise<string[]> => (await acme.list()).items.filter((row) => row.primary).map((row) => row.id);
    expect(await primaries()).toEqual([first]);
    await acme.setPrimary(third);
    expect(await primaries()).toEqual([third]);
    await acme.disconnect(first);
    await acme.remove(third);
    expect(await primaries()).toEqual([second]);
  });
});

describe("ending a connection", () => {
  it("asks the vendor once, tells it how many others use the account, and keeps the row", async () => {
    const { wadesk, vendor } = openEcho();
    const acme = wadesk.workspace("acme");
    const one = await acme.connect("echo", { ...tok, number: "+111", account: "A" });
    await wadesk.workspace("other").connect("echo", { token: "tok-2", number: "+222", account: "A" });
    const ended = await acme.disconnect(one.id);
    await acme.disconnect(one.id);
    expect(ended.status).toMatchObject({ state: "disconnected", reason: "requested" });
    expect(vendor.calls.filter((call) => call.startsWith("disconnect"))).toEqual(["disconnect +111 with tok-1, siblings 1"]);
  });

  it("lets exactly the last of several that end at once be the last", async () => {
    const { wadesk, vendor, clock } = openEcho();
    const acme = wadesk.workspace("acme");
    const rows = [];
    for (const number of ["+111", "+222", "+333"]) rows.push(await acme.connect("echo", { ...tok, number, account: "A" }));
    // each asks how many others there are, and then takes its time
    vendor.onDisconnect = () => clock.advance(0);
    await Promise.all(rows.map((row) => acme.disconnect(row.id)));
    expect(vendor.calls.filter((call) => call.endsWith("siblings 0"))).toHaveLength(1);
  });

  it("forgets everything of a removed one, and its number is free for anybody", async () => {
    const { wadesk, storage } = openEcho();
    const acme = wadesk.workspace("acme");
    const { id } = await acme.connect("echo", { ...tok, number: "+111" });
    await acme.send({ to: "+4915100000001", content: { kind: "text", text: "x" } });
    await acme.remove(id);
    await expect(acme.get(id)).rejects.toMatchObject({ code: "connection_not_found" });
    expect((await storage.records.scan("")).items).toEqual([]);
    expect((await wadesk.workspace("rival").connect("echo", { ...tok, number: "+111" })).status.state).toBe("connected");
  });
});

describe("checking", () => {
  it("leaves alone what was disconnected on request", async () => {
    const { wadesk, vendor } = openEcho();
    const acme = wadesk.workspace("acme");
    const { id } = await acme.connect("echo", { ...tok, number: "+111" });
    await acme.disconnect(id);
    vendor.onCheck = () => Promise.reject(new Error("the vendor was asked"));
    expect((await acme.check(id)).status).toMatchObject({ state: "disconnected", reason: "requested" });
  });
});

describe("details that no storage takes as they are", () => {
  it("are kept as their text, when a number is connected and when it is checked", async () => {
    const { wadesk, vendor } = openEcho();
    const deep = JSON.parse(`${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`);
    const details = { number: "+111", limit: Number.POSITIVE_INFINITY, deep };
    const { line, connect } = vendor.channel;
    Object.assign(vendor.channel, {
      connect: async (...given: Parameters<typeof connect>) => ({ ...(await connect(...given)), details }),
      line: (...given: Parameters<typeof line>) => ({
        ...line(...given),
        check: async () => ({ ...(await line(...given).check()), details: { ...details, number: "+112" } }),
      }),
    });
    const acme = wadesk.workspace("acme");
    const connected = await acme.connect("echo", { ...tok, number: "+111" });
    expect(connected.details).toMatchObject({ number: "+111", limit: "Infinity" });
    const checked = await acme.check(connected.id);
    expect(checked.details).toMatchObject({ number: "+112", limit: "Infinity" });
    expect(JSON.stringify(checked.details)).toContain(String.raw`{\"a\":{\"a\":`);
    expect(await acme.get(connected.id)).toEqual(checked);
  });
});

describe("reconnecting", () => {
  it("puts new credentials on the same connection, and the old secret counts for 24 hours more", async () => {
    const { wadesk, clock, storage, vendor } = openEcho();
    const acme = wadesk.workspace("acme");
    const before = await acme.connect("echo", { ...tok, number: "+111", account: "A" });
    await clock.advance(1000);
    const after = await acme.reconnect(before.id, "echo", { token: "tok-2", number: "+111", account: "A" });
    expect(after).toMatchObject({ id: before.id, label: before.label, primary: true, epoch: before.epoch + 1 });
    const stored = (await storage.records.scan(`secret/${before.id}/`)).items;
    expect(stored).toHaveLength(2);
    await clock.advance(24 * 60 * 60 * 1000);
    expect((await storage.records.scan(`secret/${before.id}/`)).items).toHaveLength(1);
    await acme.disconnect(before.id);
    expect(vendor.calls.at(-1)).toBe("disconnect +111 with tok-2, siblings 0");
  });

  it("leaves everything as it was when the new credentials are refused or are another number's", async () => {
    const { wadesk, vendor } = openEcho();
    const acme = wadesk.workspace("acme");
    const before = await acme.connect("echo", { ...tok, number: "+111" });
    await expect(acme.reconnect(before.id, "echo", { token: "tok-2", number: "+222" })).rejects.toMatchObject({ code: "number_mismatch" });
    vendor.onConnect = () => Promise.reject(new WadeskError("credentials_rejected"));
    await expect(acme.reconnect(before.id, "echo", { token: "bad", number: "+111" })).rejects.toMatchObject({
      code: "credentials_rejected",
    });
    expect(await acme.get(before.id)).toEqual(before);
    await acme.disconnect(before.id);
    expect(vendor.calls.at(-1)).toContain("with tok-1");
  });

  it("may bring another number where the channel says so, unless somebody has it", async () => {
    const { wadesk } = openEcho({ movable: true });
    const acme = wadesk.workspace("acme");
    await wadesk.workspace("rival").connect("echo", { ...tok, number: "+333" });
    const { id } = await acme.connect("echo", { ...tok, number: "+111" });
    await expect(acme.reconnect(id, "echo", { ...tok, number: "+333" })).rejects.toMatchObject({ code: "number_in_use" });
    expect(await acme.get(id)).toMatchObject({ route: "echo:+111", phone: "+111" });
    expect(await acme.reconnect(id, "echo", { ...tok, number: "+222" })).toMatchObject({ id, route: "echo:+222", phone: "+222" });
    expect((await wadesk.workspace("rival").connect("echo", { ...tok, number: "+111" })).status.state).toBe("connected");
  });

  it("brings a failed connection back", async () => {
    const { wadesk, vendor } = openEcho();
    const acme = wadesk.workspace("acme");
    const { id } = await acme.connect("echo", { ...tok, number: "+111" });
    vendor.onCheck = () => Promise.reject(new WadeskError("token_expired"));
    await expect(acme.check(id)).rejects.toMatchObject({ code: "token_expired" });
    expect((await acme.get(id)).status).toMatchObject({ state: "failed", reason: "token_expired" });
    expect((await acme.reconnect(id, "echo", { token: "tok-2", number: "+111" })).status.state).toBe("connected");
  });
});
