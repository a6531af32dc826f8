// #region head
import { createWadesk, type WadeskEvent } from "@wadesk/core";
import { channelContract, settingsContract, webhookSourceContract } from "@wadesk/testing/contracts";
import { createWebhookHandler } from "@wadesk/webhooks";
import { expect, it } from "vitest";
import { fakeParrot, postOfParrot, STRANGER, signatureOf } from "./fake-parrot.ts";
import type { ParrotSettings } from "./options.ts";
import { parrot } from "./parrot.ts";
import { parrotWebhook } from "./webhook.ts";

const API_KEY = "pk-0123456789abcdef";
const SECRET = "parrot-signing-secret-1";
const ANA = "+5511999990000";
const received = { type: "message", line: "line-1", id: "in-1", person: ANA, text: "Oi", at: 1_780_000_000 };
// #endregion head

// #region contract
channelContract("parrot", async () => ({
  channel: parrot(),
  fetch: fakeParrot(API_KEY).fetch,
  input: { line: "line-1", apiKey: API_KEY },
  refusedInput: { line: "line-1", apiKey: "pk-of-somebody-else" },
  secrets: [API_KEY, "pk-of-somebody-else"],
  to: { phone: ANA },
  content: { kind: "text", text: "Hello" },
}));

webhookSourceContract<ParrotSettings>("parrot", {
  kind: "parrot",
  source: parrotWebhook,
  settings: { signingSecret: [SECRET] },
  settingsWithoutSecret: { signingSecret: [] },
  secret: SECRET,
  request: (body, secret) => ({
    method: "POST",
    url: new URL("https://chat.example.com/webhooks/parrot"),
    headers: new Headers({ "parrot-signature": signatureOf(body, secret) }),
    body: new TextEncoder().encode(body),
  }),
  message: JSON.stringify({ items: [received, { ...received, id: "par-1", type: "status", state: "seen" }] }),
  unknown: [JSON.stringify({ items: [{ ...received, type: "squawk" }] })],
  invalid: '{"nothing":"of Parrot\'s"}',
});

settingsContract("parrot", async () => ({
  channel: parrot({ signingSecret: SECRET }),
  fetch: fakeParrot(API_KEY).fetch,
  secrets: [SECRET],
}));
// #endregion contract

// #region story
async function open() {
  const vendor = fakeParrot(API_KEY);
  const wadesk = createWadesk({
    channels: [parrot({ signingSecret: SECRET })],
    encryptionKeys: `k1:${Buffer.alloc(32, 7).toString("base64url")}`,
    fetch: vendor.fetch,
  });
  const heard: WadeskEvent<"message.received">[] = [];
  wadesk.process("message.received", (event) => void heard.push(event));
  const acme = wadesk.workspace("acme");
  const connection = await acme.connect("parrot", { line: "line-1", apiKey: API_KEY });
  return { vendor, acme, connection, heard, handler: createWebhookHandler(wadesk) };
}

it("connects, sends, receives what is signed, and follows the message until it was read", async () => {
  const { vendor, acme, connection, heard, handler } = await open();
  expect(connection).toMatchObject({ phone: "+15550100001", details: { name: "My Shop" }, status: { state: "connected" } });

  const { id, providerId } = await acme.send({ to: ANA, content: { kind: "text", text: "Hello" } });
  expect(vendor.sent).toEqual([{ to: ANA, text: "Hello" }]);

  const seen = { type: "status", line: "line-1", id: providerId, person: ANA, state: "seen", at: 1_780_000_001 };
  expect((await handler(postOfParrot([received, seen], SECRET))).status).toBe(204);
  expect(heard.map(({ data }) => data.content)).toEqual([{ kind: "text", text: "Oi" }]);
  expect((await acme.message(id))?.status).toBe("read");

  expect((await handler(postOfParrot([{ ...received, id: "in-2" }], "a guess"))).status).toBe(401);
  expect(heard).toHaveLength(1);
});
// #endregion story

it("tells a failed status with its reason", async () => {
  const { acme, handler } = await open();
  const { id, providerId } = await acme.send({ to: ANA, content: { kind: "text", text: "Hello" } });
  const failed = {
    type: "status",
    line: "line-1",
    id: providerId,
    person: ANA,
    state: "failed",
    error: "not_on_whatsapp",
    at: 1_780_000_001,
  };
  await handler(postOfParrot([failed], SECRET));
  expect(await acme.message(id)).toMatchObject({ status: "failed", failure: { code: "recipient_unreachable" } });
});

const html = (status: number) => () => new Response("<html>Bad gateway</html>", { status });
const slow = () => Response.json({ error: "slow_down" }, { status: 429, headers: { "retry-after": "7" } });

it.each([
  ["a page of a proxy's", html(502), { code: "outcome_unknown" }],
  ["a success that is no JSON", html(200), { code: "outcome_unknown" }],
  ["a page that refuses", html(403), { code: "provider_refused" }],
  ["a limit and how long it lasts", slow, { code: "rate_limited", retryAfterMs: 7000, vendor: { vendor: "parrot", code: "slow_down" } }],
])("a send that is answered with %s rejects with what that means", async (_what, answer, failure) => {
  const { vendor, acme } = await open();
  vendor.answerNext(answer);
  await expect(acme.send({ to: ANA, content: { kind: "text", text: "Hello" } })).rejects.toMatchObject(failure);
  expect(vendor.sent).toEqual([]);
});

it("refuses what Parrot would refuse, before it is asked and after", async () => {
  const { vendor, acme } = await open();
  const send = (to: string, text: string) => acme.send({ to, content: { kind: "text", text } });
  await expect(send(STRANGER, "Hello")).rejects.toMatchObject({ code: "recipient_unreachable" });
  await expect(send(ANA, "x".repeat(1001))).rejects.toMatchObject({ code: "content_invalid", issues: [{ field: "content.text" }] });
  expect(vendor.sent).toEqual([]);
});

it("a check fails the connection when the key no longer counts, and only rejects when Parrot cannot be reached", async () => {
  const { vendor, acme, connection } = await open();
  vendor.answerNext(html(503));
  await expect(acme.check(connection.id)).rejects.toMatchObject({ code: "provider_unavailable" });
  expect((await acme.get(connection.id)).status.state).toBe("connected");
  vendor.answerNext(() => Response.json({ error: "bad_key", message: `no key ${API_KEY}` }, { status: 401 }));
  expect((await acme.check(connection.id)).status).toMatchObject({ state: "failed", reason: "credentials_rejected" });
});

it("names the option that cannot work, and shows no secret when it is printed", () => {
  expect(() => parrot({ timeoutMs: -1 })).toThrow("parrot: timeoutMs must be milliseconds");
  expect(() => parrot({ apiUrl: "parrot" })).toThrow("parrot: apiUrl must be an http(s) address");
  expect(JSON.stringify(parrot({ signingSecret: SECRET }))).not.toContain(SECRET);
});
