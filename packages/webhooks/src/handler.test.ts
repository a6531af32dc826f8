import { WadeskError } from "@wadesk/core";
import type { InboundEvent, RawRequest } from "@wadesk/core/ports";
import { signMeta, signTwilio } from "@wadesk/testing";
import { describe, expect, it } from "vitest";
import { createWebhookHandler, type WebhookHandlerOptions } from "./handler.ts";
import { type EchoOptions, echoInbound, echoSource, SECRET, VERIFY_TOKEN } from "./testing/echo-inbound.ts";

const URL_CALLED = "https://chat.example.com/webhooks/whatsapp/inbound";
const BODY = '{ "text": "\\u00e9 é \\/" }';

const post = (change: { url?: string; body?: BodyInit | null; headers?: Record<string, string>; method?: string } = {}): Request => {
  const { url = URL_CALLED, body = BODY, headers, method = "POST" } = change;
  const signed = { "x-hub-signature-256": signMeta(typeof body === "string" ? body : BODY, SECRET) };
  const init = { method, body, headers: headers ?? signed, duplex: "half" };
  return new Request(url, init);
};

function served(options: EchoOptions = {}, handlerOptions: WebhookHandlerOptions = {}) {
  const { wadesk, received, lines } = echoInbound(options);
  const handler = createWebhookHandler(wadesk, handlerOptions);
  const answer = async (request: Request): Promise<{ status: number; code?: string; message?: string; headers: Headers }> => {
    const response = await handler(request);
    const text = await response.text();
    const { error } = text.startsWith("{") ? JSON.parse(text) : { error: undefined };
    return { status: response.status, ...error, headers: response.headers };
  };
  return { handler, answer, received, lines };
}

describe("createWebhookHandler", () => {
  it("hands the events of a signed webhook over, and answers as the channel does", async () => {
    const { answer, received } = served();
    expect(await answer(post())).toMatchObject({ status: 200 });
    expect(received).toMatchObject([{ kind: "echo", events: [{ data: { raw: { text: "é é /" } } }] }]);
  });

  it("serves every path of a channel, with a trailing slash and without", async () => {
    const { answer } = served();
    for (const path of ["/whatsapp/inbound", "/whatsapp/inbound/", "/wa-calling", "/wa-calling/"]) {
      expect(await answer(post({ url: `https://chat.example.com/webhooks${path}?any=thing` }))).toMatchObject({ status: 200 });
    }
  });

  it.each([
    ["/hooks", "/hooks/whatsapp/inbound"],
    ["/hooks/", "/hooks/whatsapp/inbound"],
    ["", "/whatsapp/inbound"],
    ["/", "/whatsapp/inbound"],
  ])("serves below the base path %j", async (basePath, path) => {
    const { answer } = served({}, { basePath });
    expect(await answer(post({ url: `https://chat.example.com${path}` }))).toMatchObject({ status: 200 });
    expect(await answer(post())).toMatchObject({ status: 404, code: "not_found" });
  });

  const refusals: [string, Request, number, string, EchoOptions?][] = [
    ["no signature", post({ headers: {} }), 401, "signature_missing"],
    ["an empty signature", post({ headers: { "x-hub-signature-256": "" } }), 401, "signature_invalid"],
    ["a wrong signature", post({ headers: { "x-hub-signature-256": signMeta(BODY, "another secret") } }), 401, "signature_invalid"],
    [
      "a byte changed after signing",
      post({ body: BODY.replace("é", "e"), headers: { "x-hub-signature-256": signMeta(BODY, SECRET) } }),
      401,
      "signature_invalid",
    ],
    ["a missing secret", post(), 503, "secret_missing", { settings: { secrets: [] } }],
    [
      "an empty secret",
      post({ headers: { "x-hub-signature-256": signMeta(BODY, "") } }),
      503,
      "secret_missing",
      { settings: { secrets: ["", " "] } },
    ],
    ["invalid JSON under a valid signature", post({ body: '{"text":' }), 400, "body_invalid"],
    ["no body under a valid signature", post({ body: "" }), 400, "body_invalid"],
    ["a path that is no webhook's", post({ url: "https://chat.example.com/webhooks/whatsapp" }), 404, "not_found"],
    ["a path below a webhook's", post({ url: `${URL_CALLED}/more` }), 404, "not_found"],
    ["PUT", post({ method: "PUT" }), 405, "method_not_allowed"],
    ["DELETE", post({ method: "DELETE" }), 405, "method_not_allowed"],
    ["OPTIONS", post({ method: "OPTIONS" }), 405, "method_not_allowed"],
  ];
  it.each(refusals)("refuses %s", async (_what, request, status, code, options) => {
    const { answer, received } = served(options);
    expect(await served().answer(post())).toMatchObject({ status: 200 });
    expect(await answer(request)).toMatchObject({ status, code });
    expect(received).toEqual([]);
  });

  it("says in the log that a genuine webhook could not be read, without its body", async () => {
    const { answer, lines } = served();
    await answer(post({ body: "secretly said" }));
    expect(lines).toMatchObject([{ level: "warn", data: { code: "body_invalid", kind: "echo" } }]);
    expect(JSON.stringify(lines)).not.toContain("secretly");
  });

  it("waits for a channel that loads what reads a webhook with the first, and has the vendor keep one that could not be read yet", async () => {
    let loads = 0;
    const normalize = async (raw: RawRequest): Promise<readonly InboundEvent[]> => {
      loads += 1;
      if (loads === 1) throw new Error("ENOENT: normalize.js");
      return echoSource().normalize(raw);
    };
    const { answer, received } = served({ sources: [{ kind: "echo", source: echoSource({ normalize }) }] });
    expect(await answer(post())).toMatchObject({ status: 500, code: "internal" });
    expect(received).toEqual([]);
    expect(await answer(post())).toMatchObject({ status: 200 });
    expect(received).toMatchObject([{ events: [{ data: { raw: { text: "é é /" } } }] }]);
    expect(await answer(post({ body: "no JSON" }))).toMatchObject({ status: 400, code: "body_invalid" });
  });

  it("says which methods it takes, and answers HEAD so too", async () => {
    const { answer } = served();
    expect((await answer(post({ method: "PUT" }))).headers.get("allow")).toBe("GET, POST");
    const head = await answer(new Request(URL_CALLED, { method: "HEAD" }));
    expect([head.status, head.headers.get("allow")]).toEqual([405, "GET, POST"]);
  });

  it("accepts what any of several secrets signed, as during a rotation", async () => {
    const { answer } = served({ settings: { secrets: ["new one", "", SECRET] } });
    expect(await answer(post())).toMatchObject({ status: 200 });
  });

  it("refuses a body over the limit by what it declares, and by what it turns out to be", async () => {
    const bodyLimit = BODY.length + 3;
    const { answer, received } = served({}, { bodyLimit });
    expect(await answer(post())).toMatchObject({ status: 200 });
    const padded = `${BODY}   `;
    expect(await answer(post({ body: `${padded} ` }))).toMatchObject({ status: 413, code: "body_too_large" });
    expect(await answer(post({ headers: { "content-length": "999999", "x-hub-signature-256": "" } }))).toMatchObject({ status: 413 });
    expect(received).toHaveLength(1);
  });

  it("explains a body that somebody has read before, and says so in the log", async () => {
    const { answer, received, lines } = served();
    const eaten = post();
    await eaten.text();
    expect(await answer(eaten)).toMatchObject({ status: 500, code: "raw_body_missing" });
    expect([received, lines]).toMatchObject([[], [{ level: "error", message: expect.stringContaining("body parser") }]]);
  });

  it("names the package for a vendor that no channel receives, and the path for one that is received elsewhere", async () => {
    const twilioHeaders = { "x-twilio-signature": signTwilio({ url: URL_CALLED, parameters: {}, authToken: SECRET }) };
    const alone = await served().answer(post({ headers: twilioHeaders }));
    expect(alone).toMatchObject({ status: 400, code: "provider_unknown", message: expect.stringContaining("@wadesk/twilio") });
    const sources = [
      { kind: "meta-like", source: echoSource({ paths: ["/whatsapp/inbound"] }) },
      { kind: "twilio-like", source: echoSource({ paths: ["/sms"], scheme: "twilio" }) },
    ];
    const elsewhere = await served({ sources }).answer(post({ headers: twilioHeaders }));
    expect(elsewhere).toMatchObject({ code: "provider_unknown", message: expect.stringContaining("/sms") });
  });

  it("hands a failure of the storage on as a 503 with its wait, never as a 200", async () => {
    const receive = async (): Promise<void> => {
      throw new WadeskError("storage_unavailable", { retryAfterMs: 1500 });
    };
    const failed = await served({ receive }).answer(post());
    expect(failed).toMatchObject({ status: 503, code: "storage_unavailable", remedy: "retry" });
    expect(failed.headers.get("retry-after")).toBe("2");
  });

  it("answers 500 without detail to what nobody foresaw, and logs it", async () => {
    const thrower = (): never => {
      throw new TypeError("postgres://user:password@host");
    };
    const normalize = { sources: [{ kind: "echo", source: echoSource({ normalize: thrower }) }] };
    const secretsFor = { sources: [{ kind: "echo", source: echoSource({ secretsFor: thrower }) }] };
    for (const options of [normalize, secretsFor, { receive: thrower }]) {
      const { handler, lines, received } = served(options);
      const answer = await handler(post());
      expect([answer.status, received]).toEqual([500, []]);
      expect(await answer.text()).not.toContain("postgres");
      expect(lines).toMatchObject([{ level: "error" }]);
    }
  });

  it("tells an outsider nothing of what is ours alone, such as a lost encryption key, and the log all of it", async () => {
    const thrower = (): never => {
      throw new WadeskError("encryption_key_unknown", { detail: "key k1" });
    };
    const { handler, lines } = served({ sources: [{ kind: "echo", source: echoSource({ secretsFor: thrower }) }] });
    const answer = await handler(post());
    expect([answer.status, await answer.text()]).toEqual([500, expect.not.stringContaining("key")]);
    expect(lines).toMatchObject([{ level: "error", data: { reason: expect.stringContaining("key k1") } }]);
  });

  it("never logs the secret, the signature or the body", async () => {
    const { answer, lines } = served();
    const forged = signMeta(BODY, "another secret");
    await answer(post({ url: `${URL_CALLED}?token=hidden`, headers: { "x-hub-signature-256": forged } }));
    expect(lines).toMatchObject([{ level: "warn", data: { code: "signature_invalid", url: `${URL_CALLED}?token=…` } }]);
    const all = JSON.stringify(lines);
    for (const hidden of [SECRET, forged, "é", "hidden", VERIFY_TOKEN]) expect(all).not.toContain(hidden);
  });

  it("gives the platform's waitUntil to the inbox", async () => {
    const { handler, received } = served();
    const platform = { waitUntil: (): void => undefined };
    await handler(post(), platform);
    expect(received[0]?.platform).toBe(platform);
  });

  it("is not made of options that cannot work", () => {
    const { wadesk } = echoInbound();
    expect(() => createWebhookHandler(wadesk, { basePath: "/hooks" })).not.toThrow();
    const later = echoInbound({ sources: [{ kind: "bridge", source: echoSource({ scheme: "standard-webhooks" }) }] });
    for (const make of [
      () => createWebhookHandler(wadesk, { basePath: "hooks" }),
      () => createWebhookHandler(wadesk, { bodyLimit: 0 }),
      () => createWebhookHandler(wadesk, { bodyLimit: Number.NaN }),
      () => createWebhookHandler(later.wadesk),
    ]) {
      expect(make).toThrow(expect.objectContaining({ code: "configuration_invalid" }));
    }
  });

  it("lets a channel bring a scheme of its own", async () => {
    const scheme = {
      detect: ({ headers }: { headers: Headers }) => headers.has("x-own"),
      account: () => "account 7",
      verify: async ({ headers }: { headers: Headers }, secret: string) => headers.get("x-own") === secret,
    };
    const secretsFor = async (account: string | undefined) => [{ secret: `secret of ${account}`, speaker: `fourth:${account}` }];
    const { answer, received } = served({ sources: [{ kind: "fourth", source: echoSource({ scheme, secretsFor }) }] });
    expect(await answer(post({ headers: { "x-own": "secret of account 7" } }))).toMatchObject({ status: 200 });
    expect(received.map(({ speaker }) => speaker)).toEqual(["fourth:account 7"]);
    expect(await answer(post({ headers: { "x-own": "secret of account 8" } }))).toMatchObject({ code: "signature_invalid" });
  });
});
