import { inspect } from "node:util";
import type { OutboundContent, WadeskError } from "@wadesk/core";
import type { OutboundMessage, SendReceipt } from "@wadesk/core/ports";
import type { FakeContact, FakeMeta } from "@wadesk/testing";
import { afterEach, describe, expect, it } from "vitest";
import type { CloudApiOptions } from "../options.ts";
import { type ConnectedNumber, connectedNumber, NOW } from "../testing/connected-number.ts";
import { failureOf } from "../testing/failure-of.ts";

const open: FakeMeta[] = [];
afterEach(async () => {
  for (const meta of open.splice(0)) await meta.close();
});

interface World extends ConnectedNumber {
  readonly ana: FakeContact;
  /** The id of Ana's own message, which opened the window. */
  readonly heard: string;
  readonly send: (content: OutboundContent, message?: Partial<OutboundMessage>) => Promise<SendReceipt>;
}

function world(options?: CloudApiOptions): World {
  const number = connectedNumber(options);
  const { meta, channel, connection, context } = number;
  open.push(meta);
  const ana = meta.addContact({ name: "Ana", phone: "+5511999990000" });
  const heard = ana.send(connection.details.phoneNumberId, { type: "text", text: { body: "Oi" } });
  let count = 0;
  const send: World["send"] = (content, message = {}) =>
    channel.line(connection, context).send({ id: `msg_${++count}`, to: { phone: "+5511999990000" }, content, ...message });
  return { ...number, ana, heard, send };
}

const posts = (meta: FakeMeta): number => meta.exchanges.filter(({ operation }) => operation === "POST /{Phone-Number-ID}/messages").length;
const text: OutboundContent = { kind: "text", text: "Hello" };
const link = "https://files.example/a";

describe("sending", () => {
  it("answers Meta's id, and sends our own along", async () => {
    const { meta, send, heard } = world();
    const receipt = await send({ kind: "text", text: "See https://acme.example", preview: true }, { replyTo: heard });
    expect(receipt).toEqual({ providerId: meta.sent[0]?.id, acceptedAt: NOW });
    expect(meta.sent[0]?.payload).toEqual({
      messaging_product: "whatsapp",
      recipient_type: "individual",
      to: "+5511999990000",
      type: "text",
      text: { body: "See https://acme.example", preview_url: true },
      context: { message_id: heard },
      biz_opaque_callback_data: "msg_1",
    });
  });

  const kinds: readonly OutboundContent[] = [
    { kind: "image", media: { url: link }, caption: "c" },
    { kind: "video", media: { url: link } },
    { kind: "audio", media: { url: link }, voice: true },
    { kind: "document", media: { url: link }, fileName: "bill.pdf", caption: "c" },
    { kind: "sticker", media: { url: link } },
    { kind: "location", latitude: -23.5, longitude: -46.6, name: "Sé", address: "São Paulo" },
    {
      kind: "contacts",
      contacts: [
        {
          name: { formatted: "Ana" },
          phones: [{ phone: "+5511999990000", type: "MOBILE", whatsappId: "5511999990000" }],
          emails: [{ email: "a@b.example", type: "work" }],
          organization: { company: "Acme" },
          addresses: [{ city: "SP", countryCode: "br" }],
          urls: [{ url: "https://a.example" }],
          birthday: "1990-01-02",
        },
      ],
    },
    { kind: "buttons", text: "?", buttons: [{ id: "y", title: "Yes" }], footer: "f", header: { type: "text", text: "h" } },
    {
      kind: "buttons",
      text: "?",
      buttons: [{ id: "y", title: "Yes" }],
      header: { type: "document", media: { url: link }, fileName: "a.pdf" },
    },
    {
      kind: "list",
      text: "?",
      button: "Open",
      header: "h",
      sections: [
        { title: "one", rows: [{ id: "1", title: "One", description: "d" }] },
        { title: "two", rows: [{ id: "2", title: "Two" }] },
      ],
    },
    { kind: "cta_url", text: "Go", label: "Open", url: "https://acme.example" },
  ];
  it.each(kinds)("is taken by Meta: $kind", async (content) => {
    const { meta, send } = world();
    await send(content);
    expect(meta.sent).toHaveLength(1);
  });

  it("reacts, and takes the reaction back with an empty emoji", async () => {
    const { meta, send, heard } = world();
    await send({ kind: "reaction", messageId: heard, emoji: "👍" }, { replyTo: heard });
    await send({ kind: "reaction", messageId: heard });
    expect(meta.sent.map(({ payload }) => [payload.reaction, payload.context])).toEqual([
      [{ message_id: heard, emoji: "👍" }, undefined],
      [{ message_id: heard, emoji: "" }, undefined],
    ]);
  });

  it("fills a template's header, named body and buttons", async () => {
    const { meta, send, connection } = world();
    meta.addTemplate({
      wabaId: connection.details.wabaId,
      name: "order_ready",
      language: "pt_BR",
      components: [
        { type: "HEADER", format: "IMAGE" },
        { type: "BODY", text: "Olá {{name}}, {{total}}" },
        {
          type: "BUTTONS",
          buttons: [
            { type: "QUICK_REPLY", text: "Ok" },
            { type: "URL", text: "See", url: "https://acme.example/{{1}}" },
          ],
        },
      ],
    });
    await send({
      kind: "template",
      name: "order_ready",
      language: "pt_BR",
      header: { type: "image", media: { url: link } },
      body: [
        { type: "text", text: "Ana", name: "name" },
        { type: "text", text: "10", name: "total" },
      ],
      buttons: [
        { type: "quick_reply", index: 0, value: "OK" },
        { type: "url", index: 1, value: "77" },
      ],
    });
    expect(meta.sent).toHaveLength(1);
  });

  it("reaches a person by business-scoped id, and by phone where both are known", async () => {
    const { meta, send, ana } = world();
    await send(text, { to: { userId: ana.userId } });
    await send(text, { to: { userId: ana.userId, phone: "+5511999990000" } });
    expect(meta.sent.map(({ payload }) => [payload.to, payload.recipient])).toEqual([
      [undefined, ana.userId],
      ["+5511999990000", undefined],
    ]);
    expect((await failureOf(send(text, { to: { lid: "1" } }))).code).toBe("recipient_invalid");
    expect((await failureOf(send(text, { to: { phone: "11999990000" } }))).code).toBe("recipient_invalid");
  });

  it("marks a message as read, with typing where asked", async () => {
    const { meta, channel, connection, context, heard } = world();
    await channel.line(connection, context).markRead?.({ messageId: heard });
    await channel.line(connection, context).markRead?.({ messageId: heard, typing: true });
    expect(meta.received[0]).toMatchObject({ id: heard });
    expect(meta.exchanges.at(-1)?.request.body).toEqual({
      messaging_product: "whatsapp",
      status: "read",
      message_id: heard,
      typing_indicator: { type: "text" },
    });
  });
});

describe("a message that Meta refuses", () => {
  it.each<[number, string, number | undefined]>([
    [131047, "window_closed", undefined],
    [131026, "recipient_unreachable", undefined],
    [131056, "pair_rate_limited", 6000],
    [131031, "locked", undefined],
    [132015, "template_paused", undefined],
    [131053, "media_invalid", undefined],
  ])("with %i fails as %s", async (code, ours, wait) => {
    const { meta, send } = world();
    await send(text);
    meta.fault({ kind: "refused", code });
    const error = await failureOf(send(text));
    expect(error).toMatchObject({ code: ours, vendor: { vendor: "meta", code }, retryAfterMs: wait });
    expect(error.vendor?.traceId).toBeTruthy();
  });

  it("for its token fails as token_expired, for its rate with the wait that Meta names", async () => {
    const { meta, send } = world();
    meta.fault({ kind: "expired_token" });
    expect(await failureOf(send(text))).toMatchObject({ code: "token_expired", vendor: { code: 190, subcode: 463 } });
    meta.fault({ kind: "rate_limited", waitMs: 90_000 });
    expect(await failureOf(send(text))).toMatchObject({ code: "rate_limited", retryAfterMs: 90_000, vendor: { code: 80007 } });
    expect(posts(meta)).toBe(2);
  });
});

describe("an answer that does not come", () => {
  it.each<[string, Parameters<FakeMeta["fault"]>[0]]>([
    ["a connection that breaks after the request left", { kind: "answer_lost" }],
    ["a broken connection of which nobody knows how far it got", { kind: "connection_dropped" }],
    ["an answer of something between us and Meta", { kind: "server_error", status: 502, envelope: false }],
  ])("leaves the outcome unknown: %s; and nothing is repeated", async (_name, fault) => {
    const { meta, send } = world();
    meta.fault(fault);
    expect((await failureOf(send(text))).code).toBe("outcome_unknown");
    expect(posts(meta)).toBe(1);
  });

  it("leaves the outcome unknown when Meta's answer names no message", async () => {
    const { channel, connection, context } = world();
    const message = { id: "msg_9", to: { phone: "+5511999990000" }, content: text };
    const fetch = async (): Promise<Response> => Response.json({ messages: [] });
    expect((await failureOf(channel.line(connection, { ...context, fetch }).send(message))).code).toBe("outcome_unknown");
  });

  it("never shows the token in an error, however deep one looks", async () => {
    const { meta, token, send, channel, connection, context } = world({ appId: "1", appSecret: "s3cretsecret" });
    const faults = [{ kind: "answer_lost" }, { kind: "server_error", envelope: false }, { kind: "expired_token" }] as const;
    const errors: WadeskError[] = [];
    for (const fault of faults) {
      meta.fault(fault);
      errors.push(await failureOf(send(text)));
    }
    const echo = async (): Promise<Response> =>
      Response.json({ error: { message: `Malformed access token ${token}`, code: 190 } }, { status: 400 });
    const unreachable = async (): Promise<Response> => Promise.reject(new TypeError("fetch failed"));
    errors.push(
      await failureOf(
        channel.line(connection, { ...context, fetch: echo }).send({ id: "m", to: { phone: "+5511999990000" }, content: text }),
      ),
    );
    errors.push(await failureOf(channel.line(connection, { ...context, fetch: unreachable }).check()));
    for (const error of errors) {
      const everything = [inspect(error, { depth: 20, showHidden: true }), JSON.stringify(error), error.stack, String(error.cause)].join();
      expect(everything).not.toContain(token);
      expect(everything).not.toContain("s3cretsecret");
    }
  });
});
