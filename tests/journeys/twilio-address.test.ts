import { createRequire } from "node:module";
import { createWadesk } from "@wadesk/core";
import { createFakeTwilio, recordingLogger } from "@wadesk/testing";
import { twilio } from "@wadesk/twilio";
import { createWebhookHandler } from "@wadesk/webhooks";
import { describe, expect, it, onTestFinished } from "vitest";

const { getExpectedTwilioSignature, validateRequest } = createRequire(import.meta.url)("twilio/lib/webhooks/webhooks.js") as {
  getExpectedTwilioSignature(authToken: string, url: string, form: object): string;
  validateRequest(authToken: string, signature: string, url: string, form: object): boolean;
};

const PATH = "/webhooks/whatsapp/inbound";
const INNER = `http://10.0.0.7:3000${PATH}`;
const accountSid = `AC${"5".repeat(32)}`;
const authToken = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
const form = {
  AccountSid: accountSid,
  MessageSid: `SM${"1".repeat(32)}`,
  From: "whatsapp:+5511999990000",
  To: "whatsapp:+15550100001",
  Body: "Oi",
};

/** How an application that is told these addresses answers a request that was signed for one, and came to another behind its proxy. */
async function answerTo(
  signed: string,
  told: { readonly publicUrl?: string; readonly webhookUrl?: string },
  called = INNER,
): Promise<number> {
  const silent = (): void => undefined;
  const wadesk = createWadesk({
    channels: [twilio({ accountSid, authToken, webhookUrl: told.webhookUrl })],
    encryptionKeys: `k1:${Buffer.alloc(32, 4).toString("base64url")}`,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    ...(told.publicUrl !== undefined && { publicUrl: told.publicUrl }),
  });
  const signature = getExpectedTwilioSignature(authToken, signed, form);
  expect(validateRequest(authToken, signature, signed, form)).toBe(true);
  const headers = { "x-twilio-signature": signature };
  const request = new Request(called, { method: "POST", headers, body: new URLSearchParams(form) });
  return (await createWebhookHandler(wadesk)(request)).status;
}

/** What Twilio's console, or a message, may name as the address. */
const ADDRESSES: readonly [what: string, publicUrl: string, signed: string, called?: string][] = [
  ["a host", "https://chat.example.com", `https://chat.example.com${PATH}`],
  ["a path", "https://example.com/chat/", `https://example.com/chat${PATH}`],
  ["a port", "https://chat.example.com:8443", `https://chat.example.com:8443${PATH}`],
  ["the scheme's own port", "https://chat.example.com:443", `https://chat.example.com:443${PATH}`],
  ["upper case", "https://Chat.Example.COM/Path", `https://Chat.Example.COM/Path${PATH}`],
  ["credentials", "https://user:p%40ss@chat.example.com", `https://user:p%40ss@chat.example.com${PATH}`],
  ["credentials that are not signed", "https://user:p%40ss@chat.example.com", `https://chat.example.com${PATH}`],
  ["a query", "https://chat.example.com?tenant=7", `https://chat.example.com${PATH}?tenant=7`, `${INNER}?tenant=7`],
  ["a query that the proxy strips", "https://chat.example.com/?tenant=7&q=O'Neil", `https://chat.example.com${PATH}?tenant=7&q=O'Neil`],
  ["an IDN, as it is written", "https://bücher.example", `https://bücher.example${PATH}`],
  ["an IDN, as it travels", "https://bücher.example", `https://xn--bcher-kva.example${PATH}`],
  ["all at once", "https://Me:pw@Bücher.example:8443/Ö?a=b", `https://Me:pw@Bücher.example:8443/Ö${PATH}?a=b`],
];

describe("a webhook of Twilio's", () => {
  it.each(ADDRESSES)("is genuine for a public URL with %s", async (_what, publicUrl, signed, called) => {
    expect(await answerTo(signed, { publicUrl }, called)).toBe(200);
    expect(await answerTo(signed, { publicUrl: "https://other.example.com" }, called)).toBe(401);
  });

  it.each(ADDRESSES)(
    "is genuine for a webhookUrl with %s, whose host is another than that of publicUrl",
    async (_what, _publicUrl, signed) => {
      const told = { publicUrl: "https://console.example.net", webhookUrl: `${signed}#rc=5&rp=all` };
      expect(await answerTo(signed, told)).toBe(200);
      // what the console was told is verified beside it
      expect(await answerTo(`https://console.example.net${PATH}`, told)).toBe(200);
      expect(await answerTo(signed, { publicUrl: told.publicUrl })).toBe(401);
      expect(await answerTo(signed.replace("inbound", "outbound"), told)).toBe(401);
    },
  );

  it("is genuine as it was called where nothing is configured, its host in upper case too", async () => {
    expect(await answerTo(INNER, {})).toBe(200);
    const signed = `https://Chat.Example.com${PATH}`;
    const called = `https://chat.example.com${PATH}`;
    expect(await answerTo(signed, {}, called)).toBe(401);
  });
});

describe("the status callback that a message names", () => {
  it.each<[string, string, string | undefined, string]>([
    [
      "is below publicUrl with all of it",
      "https://Me:pw@Chat.Example.com:8443/App/?a=b",
      undefined,
      `https://Me:pw@Chat.Example.com:8443/App${PATH}?a=b`,
    ],
    ["spells an IDN as it travels", "https://bücher.example", undefined, `https://xn--bcher-kva.example${PATH}`],
    [
      "is webhookUrl as it was written",
      "https://a.example",
      "https://User:pw@B.example:443/In?q=1#rc=5",
      "https://User:pw@B.example:443/In?q=1#rc=5",
    ],
  ])("%s, and its calls are genuine", async (_what, publicUrl, webhookUrl, told) => {
    const box: { handle?: (request: Request) => Promise<Response> } = {};
    const fake = createFakeTwilio({
      // the proxy in front of the application
      fetch: async (url, init) =>
        (await box.handle?.(new Request(INNER + new URL(String(url)).search, init))) ?? new Response(null, { status: 500 }),
    });
    onTestFinished(() => fake.close());
    const account = fake.addAccount();
    const sender = fake.addSender({ accountSid: account.sid, webhook: { callbackUrl: told } });
    const { log, lines } = recordingLogger();
    const wadesk = createWadesk({
      channels: [twilio({ webhookUrl })],
      encryptionKeys: `k1:${Buffer.alloc(32, 4).toString("base64url")}`,
      fetch: (input, init) => fake.fetch(new Request(input, init)),
      publicUrl,
      log,
    });
    box.handle = createWebhookHandler(wadesk);
    const input = { mode: "production", accountSid: account.sid, authToken: account.authToken, from: sender.number } as const;
    const { warnings } = await wadesk.workspace("acme").connect("twilio", input);
    expect(JSON.stringify(warnings)).not.toContain("pw");
    fake.addContact({ phone: "+5511999990000" }).send(sender.number, "Oi");
    await fake.settled();
    await wadesk.workspace("acme").send({ to: "+5511999990000", content: { kind: "text", text: "Olá" } });
    await fake.settled();
    expect(fake.sent[0]?.parameters.get("StatusCallback")).toEqual([told]);
    expect(new Set(fake.deliveries.map(({ kind }) => kind))).toEqual(new Set(["inbound", "status"]));
    expect(fake.deliveries.filter(({ status }) => status !== 200)).toEqual([]);
    expect(lines.filter(({ level }) => level === "error" || level === "warn")).toEqual([]);
  });
});
