import type { InboundPort, WebhookSource } from "@wadesk/core/ports";
import { signMeta } from "@wadesk/testing";
import { describe, expect, it } from "vitest";
import { createWebhookHandler } from "./handler.ts";
import { type EchoSettings, echoInbound, echoSource } from "./testing/echo-inbound.ts";

const BODY = '{"a":1}';
const SECRETS: Readonly<Record<string, string>> = { "100": "secret of 100", "200": "secret of 200", "a b/c": "secret of a b/c" };

/** A channel whose apps each sign with a secret of their own, picked by the path. */
const perApp = (change: Partial<WebhookSource<EchoSettings>> = {}) =>
  echoSource({
    paths: ["/whatsapp/inbound/:app"],
    secretsFor: async (_account, { parameter }) => {
      const secret = parameter === undefined ? undefined : SECRETS[parameter];
      return secret === undefined ? [] : [{ secret, speaker: `echo:app:${parameter}` }];
    },
    verifyTokens: async ({ parameter }) => (parameter !== undefined && parameter in SECRETS ? [`token of ${parameter}`] : []),
    ...change,
  });

function served(...sources: WebhookSource<EchoSettings>[]) {
  const here = echoInbound({
    sources: (sources.length === 0 ? [perApp()] : sources).map((source, index) => ({ kind: `echo${index}`, source })),
  });
  const handler = createWebhookHandler(here.wadesk);
  const call = async (path: string, secret: string, init: RequestInit = {}) => {
    const headers = { "x-hub-signature-256": signMeta(BODY, secret) };
    const answer = await handler(new Request(`https://chat.example.com${path}`, { method: "POST", body: BODY, headers, ...init }));
    return { status: answer.status, body: await answer.text() };
  };
  const challenge = async (path: string, token: string) => {
    const query = new URLSearchParams({ "hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": "42" });
    const answer = await handler(new Request(`https://chat.example.com${path}?${query}`));
    return { status: answer.status, body: await answer.text() };
  };
  return { ...here, call, challenge };
}

describe("a name in a webhook's path", () => {
  it("picks the secret, and so whom the request speaks for", async () => {
    const { call, received } = served();
    expect((await call("/webhooks/whatsapp/inbound/100", "secret of 100")).status).toBe(200);
    expect((await call("/webhooks/whatsapp/inbound/200", "secret of 200")).status).toBe(200);
    expect((await call("/webhooks/whatsapp/inbound/200", "secret of 100")).status).toBe(401);
    expect(received.map(({ speaker }) => speaker)).toEqual(["echo:app:100", "echo:app:200"]);
  });

  it("is decoded, and may have a slash behind it", async () => {
    const { call, received } = served();
    expect((await call("/webhooks/whatsapp/inbound/a%20b%2Fc/", "secret of a b/c")).status).toBe(200);
    expect((await call("/webhooks/whatsapp/inbound/%31%30%30", "secret of 100")).status).toBe(200);
    expect(received.map(({ speaker }) => speaker)).toEqual(["echo:app:a b/c", "echo:app:100"]);
  });

  it("may stand in the middle of a path", async () => {
    const { call } = served(perApp({ paths: ["/apps/:app/inbound"] }));
    expect((await call("/webhooks/apps/100/inbound", "secret of 100")).status).toBe(200);
    expect((await call("/webhooks/apps/inbound", "secret of 100")).status).toBe(404);
    expect((await call("/webhooks/apps//inbound", "secret of 100")).status).toBe(404);
  });

  it.each([
    ["none at all", "/webhooks/whatsapp/inbound"],
    ["an empty one", "/webhooks/whatsapp/inbound/"],
    ["an empty one and more slashes", "/webhooks/whatsapp/inbound//"],
    ["two parts", "/webhooks/whatsapp/inbound/100/200"],
    ["one that does not decode", "/webhooks/whatsapp/inbound/%ff"],
    ["one with a control character", "/webhooks/whatsapp/inbound/100%00"],
    ["one longer than any id", `/webhooks/whatsapp/inbound/${"1".repeat(201)}`],
  ])("is not met by %s, whose body is left unread", async (_what, path) => {
    const body = new ReadableStream({ pull: () => Promise.reject(new Error("the body was read")) }, { highWaterMark: 0 });
    const init = { body, duplex: "half" };
    expect((await served().call(path, "secret of 100", init)).status).toBe(404);
  });

  it("that nobody has is answered as a wrong signature is, word for word, and is not told of aloud", async () => {
    const { call, lines } = served();
    const wrong = await call("/webhooks/whatsapp/inbound/100", "a guess");
    const before = lines.length;
    const unknown = await call("/webhooks/whatsapp/inbound/300", "a guess");
    expect(unknown).toEqual(wrong);
    expect(wrong.status).toBe(401);
    expect(lines.slice(before).map(({ level }) => level)).toEqual(["debug"]);
  });

  it("that nobody has is checked against a secret of nobody's, so that it takes as long", async () => {
    let checks = 0;
    const scheme: WebhookSource<EchoSettings>["scheme"] = {
      detect: () => true,
      account: () => undefined,
      verify: async () => {
        checks += 1;
        return true;
      },
    };
    const { call, received } = served(perApp({ scheme }));
    expect((await call("/webhooks/whatsapp/inbound/300", "a guess")).status).toBe(401);
    expect([checks, received.length]).toEqual([1, 0]);
  });

  it("picks the verify token of a challenge; one that nobody has is answered as a wrong token is", async () => {
    const { challenge } = served();
    expect(await challenge("/webhooks/whatsapp/inbound/100", "token of 100")).toEqual({ status: 200, body: "42" });
    const wrong = await challenge("/webhooks/whatsapp/inbound/100", "token of 200");
    expect(wrong.status).toBe(403);
    expect(await challenge("/webhooks/whatsapp/inbound/300", "token of 200")).toEqual(wrong);
  });

  it("gives way to a path that is written out", async () => {
    const { call, received } = served(perApp({ paths: ["/whatsapp/:app"] }), echoSource({ paths: ["/whatsapp/inbound"] }));
    await call("/webhooks/whatsapp/inbound", "7d0f3c9a5e1b48f2");
    await call("/webhooks/whatsapp/100", "secret of 100");
    expect(received.map(({ kind }) => kind)).toEqual(["echo1", "echo0"]);
  });

  it("reaches the scheme and the normaliser with the request", async () => {
    const seen: unknown[] = [];
    const normalize: WebhookSource<EchoSettings>["normalize"] = ({ parameter }) => {
      seen.push(parameter);
      return [];
    };
    await served(perApp({ normalize })).call("/webhooks/whatsapp/inbound/100", "secret of 100");
    expect(seen).toEqual(["100"]);
  });

  it("stands in a path once; more is refused when the handler is made", () => {
    const made = (): unknown => createWebhookHandler(portOf(perApp({ paths: ["/:app/inbound/:number"] })));
    expect(made).toThrow(expect.objectContaining({ code: "configuration_invalid" }));
    expect(made).toThrow("/:app/inbound/:number");
  });
});

function portOf(source: WebhookSource<EchoSettings>): { readonly inbound: InboundPort } {
  return echoInbound({ sources: [{ kind: "echo", source }] }).wadesk;
}
