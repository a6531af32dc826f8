import type { ChannelContext, SecretsContext } from "@wadesk/core/ports";
import { signMeta } from "@wadesk/testing";
import { webhookSourceContract } from "@wadesk/testing/contracts";
import { describe, expect, it } from "vitest";
import type { CloudApiSettings } from "../options.ts";
import { metaWebhook } from "./webhook.ts";

const settings: CloudApiSettings = { appId: "90", appSecret: ["current", "next"], verifyToken: ["hush"], graphVersion: "v23.0" };
const metadata = { display_phone_number: "15550001111", phone_number_id: "700100200" };
const webhook = (field: string, value: object): string =>
  JSON.stringify({ object: "whatsapp_business_account", entry: [{ id: "800100", time: 1_750_000_000, changes: [{ field, value }] }] });
const from = { from: "5511999990000", from_user_id: "BR.1", timestamp: "1750000001" };

webhookSourceContract("cloud-api", {
  kind: "cloud-api",
  source: metaWebhook,
  settings,
  settingsWithoutSecret: { appSecret: [""], verifyToken: [], graphVersion: "v23.0" },
  secret: "current",
  request: (body, secret) => {
    const bytes = new TextEncoder().encode(body);
    return {
      method: "POST",
      url: new URL("https://chat.example.com/webhooks/whatsapp/inbound"),
      headers: new Headers({ "content-type": "application/json", "x-hub-signature-256": signMeta(bytes, secret) }),
      body: bytes,
    };
  },
  message: webhook("messages", {
    metadata,
    contacts: [{ profile: { name: "Ana", username: "ana" }, wa_id: "5511999990000", user_id: "BR.1" }],
    messages: [
      {
        ...from,
        id: "wamid.1",
        type: "text",
        text: { body: "Oi" },
        context: { id: "wamid.0", forwarded: true },
        referral: { source_id: "7" },
      },
      { ...from, id: "wamid.2", type: "image", image: { id: "9", mime_type: "image/jpeg", sha256: "a", caption: "c" } },
      { ...from, id: "wamid.3", type: "interactive", interactive: { type: "nfm_reply", nfm_reply: { name: "flow", response_json: "{}" } } },
      {
        ...from,
        id: "wamid.4",
        type: "system",
        system: { body: "b", wa_id: "5511888880000", user_id: "BR.2", type: "user_changed_number" },
      },
    ],
    statuses: [
      {
        id: "wamid.5",
        status: "failed",
        timestamp: "1750000001",
        recipient_id: "5511999990000",
        errors: [{ code: 131047, title: "t", error_data: { details: "d" } }],
        pricing: { billable: false, pricing_model: "PMP", category: "utility" },
      },
    ],
    errors: [{ code: 131000, title: "t" }],
  }),
  unknown: [
    webhook("messages", { metadata, messages: [{ ...from, id: "wamid.1", type: "hologram" }] }),
    webhook("lunar_update", { moons: 2 }),
    webhook("account_update", { event: "SOMETHING_NEW" }),
  ],
  invalid: '{"object":"page","entry":[]}',
});

describe("Meta's side of the webhook endpoint", () => {
  const kept = [{ secret: "current", of: "90" }, { secret: "next", of: "90" }, { secret: "former", of: "80" }, { secret: "nameless" }];
  const context = {
    settings: async () => settings,
    platformSecrets: async (field: string) => (field === "appSecret" ? kept : []),
  } as unknown as SecretsContext<CloudApiSettings> & ChannelContext<CloudApiSettings>;

  it("asks for an app of a connection's own by the id in the path alone: the platform's secrets are not among them, nor its own on the bare paths", async () => {
    const asked: string[] = [];
    const own = {
      ...context,
      platformSecrets: async () => Promise.reject(new Error("the platform's secrets are none of this app's business")),
      settings: async () => Promise.reject(new Error("nor are its settings")),
      connectionSecrets: async (speaker: string) => {
        asked.push(speaker);
        return [{ secret: "theirs", speaker }];
      },
      connectionTokens: async (speaker: string) => [`token of ${speaker}`],
    };
    const speaker = "cloud-api:own-app:90";
    expect(await metaWebhook.secretsFor("800100", { ...own, parameter: "90" })).toEqual([{ secret: "theirs", speaker }]);
    expect(await metaWebhook.verifyTokens?.({ ...own, parameter: "90" })).toEqual([`token of ${speaker}`]);
    for (const parameter of ["", "app", "90/", "9".repeat(33), "%39", "-90"]) {
      expect(await metaWebhook.secretsFor(undefined, { ...own, parameter })).toEqual([]);
      expect(await metaWebhook.verifyTokens?.({ ...own, parameter })).toEqual([]);
    }
    expect(asked).toEqual([speaker]);
  });

  it("signs with the App Secrets of an app of its own, and answers challenges with its verify token; the access token does neither", () => {
    const secret = { accessToken: "EAAG", app: { id: "90", secrets: ["one", "two"], verifyToken: "hush" } };
    expect([metaWebhook.signingSecrets?.(secret), metaWebhook.challengeTokens?.(secret)]).toEqual([["one", "two"], ["hush"]]);
    for (const other of [{ accessToken: "EAAG" }, undefined, "EAAG"]) {
      expect([metaWebhook.signingSecrets?.(other), metaWebhook.challengeTokens?.(other)]).toEqual([[], []]);
    }
  });

  it("takes every field on both of the platform's paths, with every secret and token that counts", async () => {
    expect(metaWebhook.paths).toEqual(["/whatsapp/inbound", "/wa-calling", "/whatsapp/inbound/:app"]);
    expect(await metaWebhook.secretsFor(undefined, context)).toEqual([
      { secret: "current", speaker: "cloud-api:app:90" },
      { secret: "next", speaker: "cloud-api:app:90" },
      { secret: "former", speaker: "cloud-api:app:80" },
      { secret: "nameless", speaker: "cloud-api:app" },
    ]);
    expect(await metaWebhook.verifyTokens?.(context)).toEqual(["hush"]);
  });

  it("keeps every digit of an id that Meta writes as a number", async () => {
    const body = webhook("message_template_status_update", { event: "APPROVED", message_template_id: 0, message_template_name: "hi" });
    const bytes = new TextEncoder().encode(body.replace('"message_template_id":0', '"message_template_id": 9007199254740993'));
    const [event] = await metaWebhook.normalize({ method: "POST", url: new URL("https://x.example"), headers: new Headers(), body: bytes });
    expect(event?.data).toMatchObject({ templateId: "9007199254740993", raw: { message_template_id: "9007199254740993" } });
  });

  it("calls bytes that are no JSON body_invalid, and answers 200 with nothing in it", async () => {
    const raw = { method: "POST", url: new URL("https://x.example"), headers: new Headers() };
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
    expect(await metaWebhook.normalize({ ...raw, body: bytes(webhook("messages", { metadata })) })).toHaveLength(1);
    await expect(metaWebhook.normalize({ ...raw, body: bytes("{") })).rejects.toThrow(/it is not JSON/);
    const answer = metaWebhook.acknowledge({ ...raw, body: bytes("") });
    // a body, even an empty one, would be a second write to the socket
    expect([answer.status, answer.body]).toEqual([200, null]);
  });
});

describe("when Meta made a webhook", () => {
  const madeAt = (entry: unknown): number | undefined => {
    const body = new TextEncoder().encode(JSON.stringify({ object: "whatsapp_business_account", entry }));
    return metaWebhook.redelivery?.madeAt({ method: "POST", url: new URL("https://chat.example.com/"), headers: new Headers(), body });
  };

  it("is said by its newest entry, and not by the old messages that it may tell of", () => {
    const history = {
      field: "history",
      value: { metadata, history: [{ threads: [{ messages: [{ ...from, timestamp: "1700000000" }] }] }] },
    };
    expect(
      madeAt([
        { id: "1", time: 1_750_000_000 },
        { id: "1", time: 1_750_000_060, changes: [history] },
      ]),
    ).toBe(1_750_000_060_000);
  });

  it("is not known where no entry has a time", () => {
    for (const entry of [[{ id: "1", changes: [{ field: "messages", value: { messages: [from] } }] }], [null, 7], {}, undefined]) {
      expect(madeAt(entry)).toBeUndefined();
    }
  });
});
