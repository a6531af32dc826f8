import { describe, expect, it } from "vitest";
import { createWebhookHandler } from "./handler.ts";
import { type EchoOptions, echoInbound, echoSource, VERIFY_TOKEN } from "./testing/echo-inbound.ts";

const HREF = "https://chat.example.com/webhooks/whatsapp/inbound";

async function ask(query: Record<string, string>, options: EchoOptions = {}) {
  const { wadesk, received, lines } = echoInbound(options);
  const answer = await createWebhookHandler(wadesk)(new Request(`${HREF}?${new URLSearchParams(query)}`));
  const text = await answer.text();
  const code = text.startsWith("{") ? JSON.parse(text).error.code : undefined;
  return { status: answer.status, text, code, type: answer.headers.get("content-type"), received, lines };
}

const challenge = (token: string) => ({ "hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": "1158201444" });

describe("the verification of a callback URL", () => {
  it("echoes the challenge to whoever has the token", async () => {
    expect(await ask(challenge(VERIFY_TOKEN))).toMatchObject({ status: 200, text: "1158201444", type: "text/plain" });
  });

  it("takes any of several tokens, of several channels at one path", async () => {
    const sources = [
      { kind: "one", source: echoSource({ verifyTokens: async () => ["first", "second"] }) },
      { kind: "two", source: echoSource({ verifyTokens: async () => ["third"] }) },
    ];
    for (const token of ["first", "second", "third"]) expect(await ask(challenge(token), { sources })).toMatchObject({ status: 200 });
  });

  it.each([
    ["another token", "incorrect horse battery staple"],
    ["the empty token", ""],
    ["a token cut short", VERIFY_TOKEN.slice(0, -1)],
    ["a token with a character more", `${VERIFY_TOKEN} `],
    ["a token with a NUL more", `${VERIFY_TOKEN}\0`],
    ["a very long token", "x".repeat(10_000)],
  ])("refuses %s", async (_what, token) => {
    expect(await ask(challenge(VERIFY_TOKEN))).toMatchObject({ status: 200 });
    expect(await ask(challenge(token))).toMatchObject({ status: 403, code: "verify_token_invalid" });
  });

  it.each([
    ["a wrong token", "verify_token_invalid", {}],
    ["a token while the channel has none", "verify_token_missing", { settings: { verifyTokens: [] } }],
  ] as const)("says in the log, once an hour, why it refused %s, and not what was sent", async (_what, code, options) => {
    const { wadesk, lines } = echoInbound(options);
    const handler = createWebhookHandler(wadesk);
    const guess = async () => handler(new Request(`${HREF}?${new URLSearchParams(challenge("a-guess"))}`));
    await guess();
    await guess();
    expect(lines.filter(({ level }) => level === "warn")).toMatchObject([{ data: { code } }]);
    expect(JSON.stringify(lines)).not.toContain("a-guess");
    expect(handler.counts().refused).toEqual({ [code]: 2 });
  });

  it("refuses a challenge without a token", async () => {
    expect(await ask({ "hub.mode": "subscribe", "hub.challenge": "1" })).toMatchObject({ status: 403, code: "verify_token_invalid" });
  });

  it.each([
    ["none", []],
    ["an empty", [""]],
    ["a blank", [" "]],
  ])("refuses every token while the channel has %s one", async (_what, tokens) => {
    for (const token of ["", " ", VERIFY_TOKEN]) {
      const refused = await ask(challenge(token), { settings: { verifyTokens: tokens } });
      expect(refused).toMatchObject({ status: 403, code: "verify_token_missing" });
    }
  });

  it("says which package is missing when no channel at the path has tokens", async () => {
    const { verifyTokens: _none, ...without } = echoSource();
    const refused = await ask(challenge(VERIFY_TOKEN), { sources: [{ kind: "twilio-like", source: without }] });
    expect(refused).toMatchObject({ status: 400, code: "provider_unknown", text: expect.stringContaining("@wadesk/cloud-api") });
  });

  it("tells a person who opens the URL in a browser what it is for", async () => {
    for (const query of [{}, { "hub.mode": "unsubscribe", "hub.challenge": "1" }, { "hub.mode": "subscribe" }]) {
      const { status, text } = await ask(query);
      expect([status, text]).toEqual([400, expect.stringContaining(`Callback URL: ${HREF}\n`)]);
      // every message names its own status callback: one pasted there would do nothing
      expect(text).toContain('Twilio: paste it as the sender\'s "Webhook URL for incoming messages", method POST.\n');
    }
  });

  it("logs no token and hands nothing over", async () => {
    const { lines, received } = await ask(challenge(VERIFY_TOKEN));
    expect([lines, received]).toEqual([[], []]);
  });
});
