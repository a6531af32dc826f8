import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk } from "@wadesk/core";
import { createFakeMeta, createFakeTwilio } from "@wadesk/testing";
import { twilio } from "@wadesk/twilio";
import { describe, expect, it } from "vitest";
import { ENCRYPTION_KEYS } from "./world/open-world.ts";

const PUBLIC_URL = "https://chat.example.com";

const shortly = (results: readonly { readonly check: string; readonly ok: boolean; readonly code: string }[]) =>
  results.map(({ check, ok, code }) => `${check}: ${ok ? "ok" : "not ok"}, ${code}`);

describe("trying the settings of cloud-api", () => {
  const open = (options: Parameters<typeof cloudApi>[0], publicUrl?: string) => {
    const meta = createFakeMeta();
    const app = meta.addApp();
    const channels = [cloudApi({ appId: app.id, appSecret: app.secret, verifyToken: "open-sesame", ...options })];
    const wadesk = createWadesk({
      channels,
      encryptionKeys: ENCRYPTION_KEYS,
      fetch: (input, init) => meta.fetch(new Request(input, init)),
      ...(publicUrl && { publicUrl }),
    });
    return { meta, app, wadesk };
  };

  it("finds an app and a secret that belong together, and shows the secret to nobody but Meta, in no address", async () => {
    const { wadesk, meta, app } = open({}, PUBLIC_URL);
    const results = await wadesk.settings.probe("cloud-api");
    expect(shortly(results)).toEqual([
      "app: ok, app_secret_matches",
      "graph_version: ok, graph_version_served",
      "verify_token: ok, verify_token_set",
      "public_url: ok, public_url_set",
      "webhook: not ok, webhook_missing",
    ]);
    expect(JSON.stringify([results, meta.exchanges.map(({ request }) => request.url)])).not.toContain(app.secret);
  });

  it("tells of several secrets which one Meta refuses", async () => {
    const { wadesk, app } = open({});
    await wadesk.settings.change("cloud-api", { appSecret: { add: "0123456789abcdef0123456789abcdef" } });
    const results = (await wadesk.settings.probe("cloud-api")).filter(({ check }) => check === "app");
    expect(results).toMatchObject([
      { ok: true, values: { appId: app.id, secret: 1, of: 2 } },
      { ok: false, code: "app_secret_refused", values: { appId: app.id, secret: 2, of: 2 } },
    ]);
  });

  it("says what is not set", async () => {
    const { wadesk } = open({ appId: undefined, verifyToken: [] });
    expect(shortly(await wadesk.settings.probe("cloud-api"))).toEqual([
      "app: not ok, app_id_missing",
      "verify_token: not ok, verify_token_missing",
      "public_url: not ok, public_url_missing",
    ]);
    // without a secret of its own the app cannot ask, and another check says so
    const insecure = open({ appSecret: [] }, "http://chat.example.com");
    expect(shortly(await insecure.wadesk.settings.probe("cloud-api"))).toEqual([
      "app: not ok, app_secret_missing",
      "verify_token: ok, verify_token_set",
      "public_url: not ok, public_url_insecure",
    ]);
  });
});

describe("trying the settings of twilio", () => {
  const open = (token: "its own" | "a wrong one" | "none", publicUrl?: string) => {
    const vendor = createFakeTwilio();
    const account = vendor.addAccount();
    const authToken = { "its own": account.authToken, "a wrong one": "0123456789abcdef0123456789abcdef", none: [] }[token];
    const channels = [twilio({ accountSid: account.sid, authToken, retryDelayMs: 0 })];
    return createWadesk({
      channels,
      encryptionKeys: ENCRYPTION_KEYS,
      fetch: (input, init) => vendor.fetch(new Request(input, init)),
      ...(publicUrl && { publicUrl }),
    });
  };

  it.each([
    ["its own", "account: ok, auth_token_matches"],
    ["a wrong one", "account: not ok, auth_token_refused"],
    ["none", "account: not ok, auth_token_missing"],
  ] as const)("finds an account whose token is %s", async (token, found) => {
    expect(shortly(await open(token, PUBLIC_URL).settings.probe("twilio"))).toEqual([found, "webhook_url: ok, webhook_url_set"]);
  });

  it("asks for an address to call, and for one that nobody reads along", async () => {
    const [, without] = await open("its own").settings.probe("twilio");
    expect(without).toMatchObject({ code: "webhook_url_missing", text: expect.stringContaining("no proxy rewrites the address") });
    expect(without?.text).not.toContain("are refused");
    expect(shortly(await open("its own", "http://chat.example.com").settings.probe("twilio"))[1]).toBe(
      "webhook_url: not ok, webhook_url_insecure",
    );
  });
});
