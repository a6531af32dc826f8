import { describe, expect, it } from "vitest";
import { openScreen } from "../testing/open-screen.ts";
import type { Problem } from "../wire/problem.ts";
import type { WireAllSettings, WireChanged, WireFindings, WireSettings } from "../wire/settings.ts";
import type { WireSetup } from "../wire/setup.ts";

const jsonOf = async <Shape>(response: Response): Promise<Shape> => (await response.json()) as Shape;
const OURS = "This is a WaDesk webhook, and it is reachable.\n";

describe("the settings of the platform", () => {
  it("show secrets as marks, what is missing, the forms, and the addresses that a vendor is told", async () => {
    const { ask } = openScreen();
    const { channel, channels } = await jsonOf<WireAllSettings>(await ask("operator", "GET", "/settings"));
    expect([channel, channels.map((each) => [each.channel, each.active])]).toEqual([
      "echo",
      [
        ["echo", true],
        ["pager", false],
      ],
    ]);
    const [echo] = channels;
    expect(echo).toMatchObject({
      secrets: ["hookSecret"],
      missing: ["no region is set: set one"],
      addresses: ["https://chat.example.com/webhooks/echo"],
      form: { properties: { region: { type: "string" } } },
      groups: { bridges: { secrets: ["secrets"], required: ["url"], form: { properties: { url: { type: "string" } } } } },
    });
    expect(JSON.stringify(channels)).not.toContain("secret-of-the-options");
  });

  it("are changed as a whole or not at all; null goes back to the application's own, and a group changes alone", async () => {
    const { ask } = openScreen();
    const change = async (values: object): Promise<Response> => ask("operator", "PATCH", "/settings/echo", { change: values });
    const first = await jsonOf<WireChanged>(
      await change({ region: " eu", hookSecret: { add: "another-secret" }, bridges: { eu: { url: "https://eu.example.com" } } }),
    );
    expect(first.settings.values).toMatchObject({ region: "eu", hookSecret: [{ id: expect.any(String) }, { id: expect.any(String) }] });
    expect(first.notes.map(({ code, values }) => [code, values?.field])).toEqual([
      ["space_removed", "region"],
      ["secret_missing", "bridges.eu.secrets"],
    ]);
    const wrong = await change({ region: "us", hookSecret: { add: "x" } });
    expect([wrong.status, (await jsonOf<Problem>(wrong)).error.issues?.[0]?.field]).toEqual([400, expect.stringContaining("hookSecret")]);
    const { values } = await jsonOf<WireSettings>(await ask("operator", "GET", "/settings/echo"));
    expect(values).toMatchObject({ region: "eu", bridges: { eu: { url: "https://eu.example.com" } } });
    const back = await jsonOf<WireChanged>(await change({ region: null, bridges: { eu: false } }));
    expect(back.settings.values).not.toHaveProperty("region");
    expect(back.settings.values).toMatchObject({ bridges: {} });
  });

  it("put another channel in force, having said how many workspaces could not send on it", async () => {
    const { ask, wadesk } = openScreen();
    await wadesk.workspace("acme").connect("echo", { number: "+111", token: "t" });
    await wadesk.workspace("rival").connect("pager", { number: "+222", token: "t" });
    expect(await (await ask("operator", "GET", "/settings/pager/readiness")).json()).toEqual({
      channel: "pager",
      workspaces: 2,
      unable: 1,
      numbers: 1,
    });
    expect((await ask("operator", "PUT", "/settings", { channel: "pager" })).status).toBe(204);
    expect((await ask("operator", "PUT", "/settings", { channel: "telegram" })).status).toBe(400);
    expect(await jsonOf<WireSetup>(await ask("member", "GET", "/setup"))).toMatchObject({
      channel: "pager",
      channels: [{ kind: "pager" }],
    });
  });

  it.each<[string, () => Promise<Response>, object]>([
    ["leads here", async () => new Response(OURS, { status: 400 }), { ok: true, code: "address_ours" }],
    [
      "leads elsewhere",
      async () => new Response("<h1>Welcome</h1>"),
      { ok: false, code: "address_elsewhere", values: expect.objectContaining({ status: 200 }) },
    ],
    [
      "is sent on",
      async () => new Response(null, { status: 302, headers: { location: "/login" } }),
      { ok: false, code: "address_elsewhere" },
    ],
    ["is answered by nobody", () => Promise.reject(new TypeError("fetch failed")), { ok: false, code: "address_silent" }],
  ])("are checked with the vendor and through the public address, which %s", async (_how, fetch, finding) => {
    const called: string[] = [];
    const { ask } = openScreen({
      publicUrl: "https://user:secret-word@chat.example.com/base?key=secret-key",
      fetch: (input) => {
        called.push(String(input));
        return fetch();
      },
    });
    const text = await (await ask("operator", "POST", "/settings/echo/check")).text();
    const { findings } = JSON.parse(text) as WireFindings;
    expect(findings).toEqual([
      { check: "secret", ok: true, code: "secret_matches", values: {}, text: "the secret matches" },
      expect.objectContaining(finding),
    ]);
    expect(called).toEqual(["https://chat.example.com/base/webhooks/echo"]);
    expect(text).not.toMatch(/secret-word|secret-key/);
  });
});

describe("what a screen begins with", () => {
  it("is the form of the channel in force, with its secrets marked, and for the operator every channel", async () => {
    const { ask } = openScreen();
    const { channels, ...rest } = await jsonOf<WireSetup>(await ask("member", "GET", "/setup"));
    expect(rest).toMatchObject({ role: "member", platform: false, channel: "echo", now: expect.any(Number) });
    expect(channels).toMatchObject([
      {
        kind: "echo",
        linksPhone: false,
        hasPrimary: true,
        hasSignup: true,
        form: { required: ["number", "token"], properties: { number: { title: "Number" }, token: { writeOnly: true } } },
      },
    ]);
    expect((await jsonOf<WireSetup>(await ask("operator", "GET", "/setup"))).channels.map(({ kind }) => kind)).toEqual(["echo", "pager"]);
  });
});
