import { describe, expect, it } from "vitest";
import { createWadesk } from "../client/create-wadesk.ts";
import { memoryStorage } from "../memory/memory-storage.ts";
import type { PlatformSecret } from "../ports/webhook-source.ts";
import { contextOf } from "../runtime/inbound-contexts.ts";
import { type EchoSettings, echoVendor } from "../testing/echo-channel.ts";
import { TEST_KEYS } from "../testing/open-echo.ts";

/** A platform whose options name an app, or none. */
function openPlatform(app?: string, storage = memoryStorage(), hookSecret: readonly string[] = ["from-options"]) {
  const { channel } = echoVendor();
  const defaults: EchoSettings = { hookSecret, bridges: {}, ...(app !== undefined && { app }) };
  const wadesk = createWadesk({
    channels: [{ ...channel, settings: { ...channel.settings, defaults } }],
    storage,
    encryptionKeys: TEST_KEYS,
  });
  const [source] = wadesk.inbound.sources;
  if (source === undefined) throw new Error("no source");
  const context = contextOf(source);
  return {
    wadesk,
    storage,
    /** Every secret with what it belongs to, and those that are in force. */
    async secrets(): Promise<[readonly string[], readonly string[]]> {
      const all = (await context.platformSecrets("hookSecret" as never)) as readonly PlatformSecret[];
      const { hookSecret } = (await context.settings()) as EchoSettings;
      return [all.map(({ secret, of = "nobody" }) => `${secret} of ${of}`), hookSecret];
    },
  };
}

describe("a secret of the platform's", () => {
  it("belongs to the app that the settings named when it was added, and counts for that one alone", async () => {
    const { wadesk, secrets } = openPlatform("one");
    expect(await secrets()).toEqual([["from-options of one"], ["from-options"]]);
    await wadesk.settings.change("echo", { hookSecret: { add: "second" } });
    expect(await secrets()).toEqual([
      ["from-options of one", "second of one"],
      ["from-options", "second"],
    ]);
    const { notes } = await wadesk.settings.change("echo", { app: "two", hookSecret: { add: "of the other" } });
    expect(notes).toEqual([]);
    expect(await secrets()).toEqual([["from-options of one", "second of one", "of the other of two"], ["of the other"]]);
    expect((await wadesk.settings.read("echo")).hookSecret).toMatchObject([{ id: "option-1", of: "one" }, { of: "one" }, { of: "two" }]);
  });

  it("is kept with the former name when the name alone is changed, which a note tells of", async () => {
    const { wadesk, secrets } = openPlatform("one");
    const { notes } = await wadesk.settings.change("echo", { app: "two" });
    expect(notes).toMatchObject([
      { code: "secret_missing", values: { field: "hookSecret", of: "two" }, text: expect.stringMatching(/hookSecret has no value of two/) },
    ]);
    expect(await secrets()).toEqual([["from-options of one"], []]);
    // the options' name comes back, and with it what belongs to it
    await wadesk.settings.change("echo", { app: undefined });
    expect(await secrets()).toEqual([["from-options of one"], ["from-options"]]);
  });

  it("takes the first name that is given where there was none, and does not follow to a second one", async () => {
    const { wadesk, secrets } = openPlatform();
    expect(await secrets()).toEqual([["from-options of nobody"], ["from-options"]]);
    await wadesk.settings.change("echo", { app: "one" });
    expect(await secrets()).toEqual([["from-options of one"], ["from-options"]]);
    await wadesk.settings.change("echo", { app: "two", hookSecret: { add: "second" } });
    expect(await secrets()).toEqual([["from-options of one", "second of two"], ["second"]]);
  });

  it("is one app's only: added again under another name it moves there", async () => {
    const { wadesk, secrets } = openPlatform("one");
    await wadesk.settings.change("echo", { app: "two" });
    const { notes } = await wadesk.settings.change("echo", { hookSecret: { add: "from-options" } });
    expect(notes).toMatchObject([
      { code: "secret_moved", values: { field: "hookSecret", of: "two" }, text: expect.stringMatching(/belongs to two from now on/) },
    ]);
    expect(await secrets()).toEqual([["from-options of two"], ["from-options"]]);
    expect(JSON.stringify(notes)).not.toContain("from-options");
  });

  it("from before names were kept counts for what the settings name, until they name another", async () => {
    const { wadesk, secrets, storage } = openPlatform("one");
    await wadesk.settings.change("echo", { hookSecret: { add: "second" } });
    const stored = JSON.parse(new TextDecoder().decode((await storage.records.get("settings/", ["channel/echo"])).get("channel/echo")));
    for (const secret of stored.secrets.hookSecret) delete secret.of;
    await storage.records.set("settings/", new Map([["channel/echo", { value: new TextEncoder().encode(JSON.stringify(stored)) }]]));
    expect(await secrets()).toEqual([
      ["from-options of one", "second of one"],
      ["from-options", "second"],
    ]);
    await wadesk.settings.change("echo", { app: "two" });
    expect(await secrets()).toEqual([["from-options of one", "second of one"], []]);
  });

  it("may still come from the options where there was none when the name changed", async () => {
    const { wadesk, storage } = openPlatform("one", undefined, []);
    const { notes } = await wadesk.settings.change("echo", { app: "two" });
    expect(notes).toMatchObject([
      { code: "secret_missing", values: { field: "hookSecret", of: "two" }, text: expect.stringMatching(/hookSecret has no value of two/) },
    ]);
    expect(await openPlatform("two", storage).secrets()).toEqual([["from-options of two"], ["from-options"]]);
  });

  it("of the options counts for the name that an admin has set before names were kept, and goes on to when another is added", async () => {
    const storage = memoryStorage();
    await openPlatform(undefined, storage).wadesk.settings.change("echo", { app: "two" });
    const { wadesk, secrets } = openPlatform("one", storage);
    expect(await secrets()).toEqual([["from-options of two"], ["from-options"]]);
    expect(await openPlatform(undefined, storage).secrets()).toEqual([["from-options of two"], ["from-options"]]);
    expect((await wadesk.settings.read("echo")).hookSecret).toEqual([{ id: "option-1", of: "two" }]);
    await wadesk.settings.change("echo", { hookSecret: { add: "second" } });
    expect(await secrets()).toEqual([
      ["from-options of two", "second of two"],
      ["from-options", "second"],
    ]);
    // once it is the admin who names another it stays behind
    await wadesk.settings.change("echo", { app: "three" });
    expect(await secrets()).toEqual([["from-options of two", "second of two"], []]);
  });
});
