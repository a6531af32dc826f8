import { beforeEach, describe, expect, it } from "vitest";
import { createWadesk } from "../client/create-wadesk.ts";
import { memoryStorage } from "../memory/memory-storage.ts";
import { contextOf } from "../runtime/inbound-contexts.ts";
import { type EchoBridge, type EchoSettings, echoVendor } from "../testing/echo-channel.ts";
import { TEST_KEYS } from "../testing/open-echo.ts";

const EU = { url: "https://eu.example.com", secrets: ["eu-option"] } as const;
const OTHER_KEYS = `k2:${Buffer.alloc(32, 9).toString("base64url")}`;

function open(bridges: Readonly<Record<string, EchoBridge>> = { eu: EU }, storage = memoryStorage(), encryptionKeys = TEST_KEYS) {
  const { channel } = echoVendor();
  const defaults: EchoSettings = { hookSecret: ["from-options"], bridges };
  const wadesk = createWadesk({ channels: [{ ...channel, settings: { ...channel.settings, defaults } }], storage, encryptionKeys });
  const opened = async () => ((await contextOf(wadesk.inbound.sources[0]).settings()) as EchoSettings).bridges;
  const shown = async () => (await wadesk.settings.read("echo")).bridges;
  return { wadesk, opened, shown, storage };
}

describe("groups of settings", () => {
  let here: ReturnType<typeof open>;
  beforeEach(() => {
    here = open();
  });

  it("are those of the options until an admin says otherwise, with marks in place of secrets", async () => {
    expect(await here.shown()).toEqual({ eu: { url: EU.url, secrets: [{ id: "option-1" }] } });
    expect(await here.opened()).toEqual({ eu: EU });
  });

  it("are added, changed field by field and secret by secret, and removed, each alone", async () => {
    const { wadesk, opened } = here;
    await wadesk.settings.change("echo", { bridges: { us: { url: "https://us.example.com", secrets: { add: "us-secret-1" } } } });
    await wadesk.settings.change("echo", { bridges: { us: { secrets: { add: "us-secret-2" } } } });
    await wadesk.settings.change("echo", { bridges: { eu: { note: "moved" } } });
    expect(await opened()).toEqual({
      eu: { ...EU, note: "moved" },
      us: { url: "https://us.example.com", secrets: ["us-secret-1", "us-secret-2"] },
    });
    const marks = (await here.shown()).us?.secrets ?? [];
    await wadesk.settings.change("echo", { bridges: { us: { secrets: { retire: marks[0]?.id ?? "" } } } });
    expect((await opened()).us?.secrets).toEqual(["us-secret-2"]);
    await wadesk.settings.change("echo", { bridges: { us: false } });
    expect(Object.keys(await opened())).toEqual(["eu"]);
  });

  it("keep the options' own secret beside a first one that is added, as other secrets do", async () => {
    await here.wadesk.settings.change("echo", { bridges: { eu: { secrets: { add: "eu-added" } } } });
    expect((await here.opened()).eu?.secrets).toEqual(["eu-option", "eu-added"]);
    await here.wadesk.settings.change("echo", { bridges: { eu: { secrets: { retire: "option-1" } } } });
    expect((await here.opened()).eu?.secrets).toEqual(["eu-added"]);
  });

  it("that the options name stay removed, also made again, until they are given back to the options", async () => {
    const { wadesk, opened } = here;
    await wadesk.settings.change("echo", { bridges: { eu: false } });
    expect(await opened()).toEqual({});
    const made = await wadesk.settings.change("echo", { bridges: { eu: { url: "https://new.example.com" } } });
    expect(await opened()).toEqual({ eu: { url: "https://new.example.com", secrets: [] } });
    expect(made.notes).toEqual([
      {
        code: "secret_missing",
        values: { field: "bridges.eu.secrets" },
        text: "bridges.eu.secrets has no value yet: everything it protects is refused until one is added.",
      },
    ]);
    await wadesk.settings.change("echo", { bridges: { eu: undefined } });
    expect(await opened()).toEqual({ eu: EU });
  });

  it("show no secret, nor store one as it is", async () => {
    await here.wadesk.settings.change("echo", { bridges: { eu: { secrets: { add: "eu-added" } } } });
    const stored = new TextDecoder().decode((await here.storage.records.get("settings/", ["channel/echo"])).get("channel/echo"));
    expect(stored + JSON.stringify(await here.shown())).not.toMatch(/eu-added|eu-option/);
  });

  it("are sealed for their own place: a secret that is moved to another group does not open there", async () => {
    const { wadesk, storage, opened } = here;
    await wadesk.settings.change("echo", { bridges: { us: { url: "https://us.example.com", secrets: { add: "us-secret" } } } });
    const read = async () => (await storage.records.get("settings/", ["channel/echo"])).get("channel/echo");
    const text = new TextDecoder().decode(await read());
    await storage.records.set(
      "settings/",
      new Map([["channel/echo", { value: new TextEncoder().encode(text.replace('"us":', '"eu":')) }]]),
    );
    await expect(opened()).rejects.toMatchObject({ code: "sealed_value_invalid" });
  });

  it("are sealed with the new key by rotateKeys", async () => {
    await here.wadesk.settings.change("echo", { bridges: { eu: { secrets: { add: "eu-added" } } } });
    const rotating = open({ eu: EU }, here.storage, `${OTHER_KEYS},${TEST_KEYS}`);
    expect(await rotating.wadesk.rotateKeys()).toBe(2);
    const after = open({ eu: EU }, here.storage, OTHER_KEYS);
    expect((await after.opened()).eu?.secrets).toEqual(["eu-option", "eu-added"]);
    expect(await after.wadesk.rotateKeys()).toBe(0);
  });

  it("answer nothing for a name that every object knows", async () => {
    const bridges: Readonly<Record<string, unknown>> = await here.opened();
    expect([bridges.constructor, bridges.toString, Object.getPrototypeOf(bridges)]).toEqual([undefined, undefined, null]);
    await here.wadesk.settings.change("echo", { bridges: { constructor: { url: "https://c.example.com" } } });
    expect((await here.opened()).constructor).toMatchObject({ url: "https://c.example.com" });
  });

  it("keep every one of ten changes that race", async () => {
    const names = Array.from({ length: 10 }, (_, index) => `b${index}`);
    await Promise.all(names.map((name) => here.wadesk.settings.change("echo", { bridges: { [name]: { url: "https://b.example.com" } } })));
    expect(Object.keys(await here.opened()).toSorted()).toEqual([...names, "eu"]);
  });

  it.each([
    ["bridges", { bridges: "eu" }],
    ["bridges.eu", { bridges: { eu: "https://eu.example.com" } }],
    ["bridges.eu.url", { bridges: { eu: { url: "nowhere" } } }],
    ["bridges.us.url", { bridges: { us: { secrets: { add: "us-secret" } } } }],
    ["bridges.eu.secrets", { bridges: { eu: { secrets: "set directly" } } }],
    ["bridges.eu.secrets", { bridges: { eu: { secrets: { add: " " } } } }],
    ["bridges.eu.secrets.0", { bridges: { eu: { secrets: { add: "abc" } } } }],
    ["bridges.eu.secrets", { bridges: { eu: { secrets: { retire: "unknown" } } } }],
    ["bridges.eu.secrets.ad", { bridges: { eu: { secrets: { add: "eu-added", ad: "x" } } } }],
    ["bridges.eu.secret", { bridges: { eu: { secret: { add: "eu-added" } } } }],
    ["bridges.ue", { bridges: { ue: false } }],
    ["bridges.a.b", { bridges: { "a.b": { url: "https://b.example.com" } } }],
    ["bridges.?", { bridges: { "https://b.example.com?token=1": {} } }],
    ["bridge", { bridge: {} }],
  ])("name %s when it is wrong, and nothing else of the change is stored", async (field, change) => {
    const before = await here.wadesk.settings.read("echo");
    const whole = {
      region: "eu-1",
      ...change,
      bridges: { ...{ ok: { url: "https://ok.example.com" } }, ...(change as { bridges?: object }).bridges },
    };
    const given = "bridges" in change && typeof change.bridges === "object" ? whole : { region: "eu-1", ...change };
    const refusal = await here.wadesk.settings.change("echo", given as never).then(undefined, (error: unknown) => error);
    expect(refusal).toMatchObject({ code: "input_invalid", issues: [{ field }] });
    expect(await here.wadesk.settings.read("echo")).toEqual(before);
  });

  it("are 200 of a field at most", async () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`b${index}`, { url: "https://b.example.com" }]));
    await expect(here.wadesk.settings.change("echo", { bridges: many })).rejects.toThrow("bridges: has 200 groups at most");
    expect(Object.keys(await here.opened())).toEqual(["eu"]);
  });
});
