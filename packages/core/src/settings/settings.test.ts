import { describe, expect, it } from "vitest";
import { createWadesk } from "../client/create-wadesk.ts";
import { memoryStorage } from "../memory/memory-storage.ts";
import { contextOf } from "../runtime/inbound-contexts.ts";
import { type EchoSettings, echoVendor } from "../testing/echo-channel.ts";
import { type EchoWorld, openEcho, TEST_KEYS } from "../testing/open-echo.ts";

const openedSettings = async (wadesk: Pick<EchoWorld["wadesk"], "inbound">) =>
  (await contextOf(wadesk.inbound.sources[0]).settings()) as EchoSettings;
const second = () => ({ ...echoVendor().channel, kind: "second" as const });

describe("the active channel", () => {
  it("is the first installed until the option or an admin says otherwise, for all processes at once", async () => {
    const storage = memoryStorage();
    const open = (activeChannel?: "second") =>
      createWadesk({
        channels: [echoVendor().channel, second()],
        storage,
        encryptionKeys: TEST_KEYS,
        ...(activeChannel && { activeChannel }),
      });
    expect(await open().settings.activeChannel()).toBe("echo");
    expect(await open("second").settings.activeChannel()).toBe("second");
    await open().settings.setActiveChannel("echo");
    expect(await open("second").settings.activeChannel()).toBe("echo");
    await expect(open().settings.setActiveChannel("absent" as "echo")).rejects.toMatchObject({ code: "channel_not_installed" });
  });

  it("alone is listed and sent from; a leftover of another is reached by name and never by send", async () => {
    const vendor = echoVendor();
    const wadesk = createWadesk({ channels: [vendor.channel, second()], encryptionKeys: TEST_KEYS });
    const acme = wadesk.workspace("acme");
    const { id } = await acme.connect("echo", { number: "+111", token: "tok-1" });
    await wadesk.settings.setActiveChannel("second");
    expect(await acme.list()).toMatchObject({ items: [], counts: { all: 0 }, channel: "second" });
    const send = { to: "+4915100000001", content: { kind: "text", text: "x" } } as const;
    await expect(acme.send({ ...send, from: id })).rejects.toMatchObject({ code: "channel_inactive" });
    await expect(acme.send({ ...send, from: id })).rejects.toThrow(/in force is second/);
    await expect(acme.send(send)).rejects.toThrow(/in force is second/);
    expect((await acme.get(id)).channel).toBe("echo");
    expect((await acme.check(id)).status.state).toBe("connected");
    await acme.remove(id);
    expect(vendor.sent).toEqual([]);
  });
});

describe("a channel's settings", () => {
  it("count over the constructor's options until they are taken back, secrets masked", async () => {
    const { wadesk } = openEcho();
    expect(await wadesk.settings.read("echo")).toEqual({ hookSecret: [{ id: "option-1" }], bridges: {} });
    const { settings } = await wadesk.settings.change("echo", { region: "eu" });
    expect(settings).toEqual({ region: "eu", hookSecret: [{ id: "option-1" }], bridges: {} });
    expect((await wadesk.settings.change("echo", { region: undefined })).settings).toEqual({
      hookSecret: [{ id: "option-1" }],
      bridges: {},
    });
  });

  it("take a new secret beside the constructor's own, and let go of either by its id", async () => {
    const { wadesk, clock } = openEcho();
    const secretsNow = async (): Promise<unknown> => (await openedSettings(wadesk)).hookSecret;
    expect(await secretsNow()).toEqual(["from-options"]);
    const { settings, notes } = await wadesk.settings.change("echo", { hookSecret: { add: " added-1\n" } });
    const text = "White space around hookSecret was removed.";
    expect(notes).toEqual([{ code: "space_removed", values: { field: "hookSecret" }, text }]);
    expect(settings.hookSecret).toEqual([{ id: "option-1" }, { id: expect.any(String), addedAt: clock.now() }]);
    expect(await secretsNow()).toEqual(["from-options", "added-1"]);
    await wadesk.settings.change("echo", { hookSecret: { retire: "option-1" } });
    expect(await secretsNow()).toEqual(["added-1"]);
    const last = await wadesk.settings.change("echo", { hookSecret: { retire: settings.hookSecret[1]?.id ?? "" } });
    expect(last.notes).toMatchObject([{ code: "secret_missing", text: expect.stringMatching(/no value left/) }]);
    expect(await secretsNow()).toEqual([]);
  });

  it("never repeat a secret that was pasted where its id belongs, and take the same one once only", async () => {
    const { wadesk } = openEcho();
    await wadesk.settings.change("echo", { hookSecret: { add: "added-1" } });
    const again = await wadesk.settings.change("echo", { hookSecret: { add: " added-1" } });
    expect([again.settings.hookSecret.length, again.notes.map(({ code }) => code)]).toEqual([2, ["secret_known"]]);
    const refusal = await wadesk.settings.change("echo", { hookSecret: { retire: "added-1" } }).then(undefined, (error: unknown) => error);
    expect(refusal).toMatchObject({ code: "input_invalid" });
    expect(String(refusal) + JSON.stringify(refusal)).not.toContain("added-1");
  });

  it("do not open in another field's place, not even once they were opened in their own", async () => {
    const vendor = echoVendor();
    const channel = {
      ...vendor.channel,
      settings: { ...vendor.channel.settings, secrets: ["hookSecret", "other"] as unknown as ["hookSecret"] },
    };
    const storage = memoryStorage();
    const wadesk = createWadesk({ channels: [channel], storage, encryptionKeys: TEST_KEYS });
    await wadesk.settings.change("echo", { hookSecret: { add: "added-1" } });
    const key = "channel/echo";
    const stored = JSON.parse(new TextDecoder().decode((await storage.records.get("settings/", [key])).get(key)));
    const moved = { ...stored, secrets: { ...stored.secrets, other: stored.secrets.hookSecret } };
    await storage.records.set("settings/", new Map([[key, { value: new TextEncoder().encode(JSON.stringify(moved)) }]]));
    await expect(openedSettings(wadesk)).rejects.toMatchObject({ code: "sealed_value_invalid" });
  });

  it("keep every one of ten changes that race", async () => {
    const { wadesk } = openEcho();
    await Promise.all(Array.from({ length: 10 }, (_, index) => wadesk.settings.change("echo", { hookSecret: { add: `added-${index}` } })));
    expect((await wadesk.settings.read("echo")).hookSecret).toHaveLength(11);
  });

  it.each([
    ["region", { region: 5 }],
    ["hookSecret", { hookSecret: "set directly" }],
    ["hookSecret", { hookSecret: { add: " " } }],
    ["hookSecret", { hookSecret: { add: "abc" } }],
    ["hookSecret", { hookSecret: { retire: "unknown" } }],
    ["typo", { typo: "x" }],
  ])("refuse a wrong %s with a text that names it, and change nothing", async (field, change) => {
    const { wadesk } = openEcho();
    const before = await wadesk.settings.read("echo");
    const refusal = wadesk.settings.change("echo", change as never);
    await expect(refusal).rejects.toMatchObject({ code: "input_invalid" });
    await expect(refusal).rejects.toThrow(field);
    expect(await wadesk.settings.read("echo")).toEqual(before);
  });
});
