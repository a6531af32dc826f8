import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk } from "@wadesk/core";
import { createFakeMeta } from "@wadesk/testing";
import { describe, expect, it } from "vitest";
import { ENCRYPTION_KEYS } from "./world/open-world.ts";

const PUBLIC_URL = "https://chat.example.com";
const OURS = `${PUBLIC_URL}/webhooks/whatsapp/inbound`;

// whoever is called echoes Meta's challenge
const echo: typeof fetch = async (input, init) =>
  new Response(new URL(new Request(input, init).url).searchParams.get("hub.challenge"), { status: 200 });

async function open(
  webhook: { readonly url?: string; readonly fields?: readonly string[]; readonly active?: boolean } | undefined,
  publicUrl: string | undefined = PUBLIC_URL,
) {
  const meta = createFakeMeta({ fetch: echo });
  const app = meta.addApp();
  if (webhook) await app.setWebhook({ url: OURS, verifyToken: "open-sesame", ...webhook });
  const wadesk = createWadesk({
    channels: [cloudApi({ appId: app.id, appSecret: app.secret, verifyToken: "open-sesame", retryDelayMs: 0 })],
    encryptionKeys: ENCRYPTION_KEYS,
    fetch: (input, init) => meta.fetch(new Request(input, init)),
    ...(publicUrl !== undefined && { publicUrl }),
  });
  const probe = async () => (await wadesk.settings.probe("cloud-api")).filter(({ check }) => check === "webhook");
  return { meta, app, wadesk, probe };
}

describe("what Meta has as the app's webhook", () => {
  it("is found to be ours, and subscribed to what is needed", async () => {
    const { probe, meta, app } = await open({});
    expect(await probe()).toMatchObject([
      { ok: true, code: "callback_url_ours", values: { callbackUrl: OURS } },
      { ok: true, code: "field_subscribed", values: { field: "messages" } },
    ]);
    const asked = meta.exchanges.find(({ operation }) => operation === "GET /{App-ID}/subscriptions");
    expect(asked?.request.url).not.toContain(app.secret);
  });

  it.each([
    ["the other path of ours, below a base path of the host's", { url: `${PUBLIC_URL}/hooks/wa-calling/` }, []],
    ["no webhook at all", undefined, ["webhook_missing"]],
    ["one that is switched off", { active: false }, ["webhook_inactive"]],
    ["another host", { url: "https://old.example.com/webhooks/whatsapp/inbound" }, ["callback_url_elsewhere"]],
    ["another path", { url: `${PUBLIC_URL}/webhook` }, ["callback_url_unknown"]],
    ["no messages", { fields: ["account_update", "phone_number_quality_update"] }, ["field_missing"]],
    ["two mistakes at once", { url: `${PUBLIC_URL}/webhook`, fields: ["calls"] }, ["callback_url_unknown", "field_missing"]],
  ])("with %s is told of in codes, each with what to do", async (_what, webhook, codes) => {
    const wrong = (await (await open(webhook)).probe()).filter(({ ok }) => !ok);
    expect(wrong.map(({ code }) => code)).toEqual(codes);
    for (const { text } of wrong) expect(text).toMatch(/under WhatsApp → Configuration/);
  });

  it("names the address where the callback URL belongs, and shows nothing of a query that the host has put there", async () => {
    const [wrong] = await (await open({ url: "https://old.example.com/in?key=5ecret" }, `${PUBLIC_URL}/app`)).probe();
    expect(wrong?.values).toEqual({ callbackUrl: "https://old.example.com/in", origin: PUBLIC_URL });
    expect(wrong?.text).toContain(`${PUBLIC_URL}/app/webhooks/whatsapp/inbound`);
    expect(JSON.stringify(wrong)).not.toContain("5ecret");
  });

  it("holds the callback URL to the whole public URL, its path too", async () => {
    const codesOf = async (url: string) => (await (await open({ url }, `${PUBLIC_URL}/app/`)).probe()).slice(0, 1).map(({ code }) => code);
    expect(await codesOf(`${PUBLIC_URL}/app/webhooks/whatsapp/inbound`)).toEqual(["callback_url_ours"]);
    for (const url of [OURS, `${PUBLIC_URL}/apple/webhooks/whatsapp/inbound`])
      expect(await codesOf(url)).toEqual(["callback_url_elsewhere"]);
  });

  it("advises the fields that tell of a number's health, as what works without them too", async () => {
    const advised = (await (await open({ fields: ["messages"] })).probe()).filter(({ code }) => code === "field_advised");
    expect(advised.map(({ ok, values }) => [ok, values.field])).toEqual([
      [true, "account_update"],
      [true, "phone_number_quality_update"],
    ]);
  });

  it("cannot be held to an address where there is no public URL; its path still is", async () => {
    const none = await open({ url: "https://any.example.com/webhooks/whatsapp/inbound" }, "");
    expect((await none.probe()).map(({ code }) => code)).toEqual(["field_subscribed"]);
    const wrong = await open({ url: "https://any.example.com/in" }, "");
    expect((await wrong.probe())[0]?.text).toContain("https://<your address>/webhooks/whatsapp/inbound");
  });

  it("is asked for with the newest secret that Meta takes, and by nobody when Meta takes none", async () => {
    const { wadesk, probe, app } = await open({});
    await wadesk.settings.change("cloud-api", { appSecret: { add: "0123456789abcdef0123456789abcdef" } });
    expect((await probe()).map(({ code }) => code)).toEqual(["callback_url_ours", "field_subscribed"]);
    app.resetSecret();
    expect(await probe()).toEqual([]);
  });

  it("is a finding of its own when Meta does not answer, or refuses for another reason", async () => {
    const { probe, meta } = await open({});
    meta.fault({ kind: "server_error", operation: "GET /{App-ID}/subscriptions", times: 9 });
    expect(await probe()).toMatchObject([{ ok: false, code: "provider_unavailable" }]);
  });
});
