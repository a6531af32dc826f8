import type { OutboundContent, WadeskEvent } from "@wadesk/core";
import { manualClock } from "@wadesk/testing";
import { describe, expect, it } from "vitest";
import { openWorld, type WorldOptions } from "./world/open-world.ts";

const hello = { kind: "text", text: "Hello" } as const;
const MESSAGES = "POST /{Phone-Number-ID}/messages";

async function openTalk(options: WorldOptions = {}) {
  const world = await openWorld(options);
  const acme = world.wadesk.workspace("acme");
  const connection = await acme.connect("cloud-api", world.account.input);
  const ana = world.meta.addContact({ phone: "+5511999990000", name: "Ana" });
  const greeting = ana.send(world.account.numberId, { type: "text", text: { body: "Hi" } });
  await world.meta.settled();
  const posts = (): number => world.meta.exchanges.filter(({ operation }) => operation === MESSAGES).length;
  return { ...world, acme, connection, ana, to: ana.phone ?? "", greeting, posts };
}

describe("an idempotency key", () => {
  it("sends once, however often and however much at once it is used, and is told apart from another message", async () => {
    const { acme, meta, to, posts } = await openTalk();
    const request = { to, content: hello, idempotencyKey: "order-7" };
    const receipts = await Promise.all(Array.from({ length: 10 }, () => acme.send(request)));
    const later = await acme.send(request);
    expect(new Set([...receipts, later].map(({ id, providerId }) => `${id} ${providerId}`)).size).toBe(1);
    expect([posts(), meta.sent.length]).toEqual([1, 1]);
    await expect(acme.send({ ...request, content: { ...hello, text: "Bye" } })).rejects.toMatchObject({ code: "idempotency_key_reused" });
    expect(posts()).toBe(1);
  });

  it.each([
    ["the connection breaks after Meta took it", { kind: "answer_lost" }],
    ["a proxy answers 502 in Meta's place", { kind: "server_error", status: 502, envelope: false }],
  ] as const)("is not sent again when %s: the outcome is unknown", async (_how, fault) => {
    const { acme, meta, to, posts } = await openTalk();
    meta.fault({ ...fault, operation: MESSAGES });
    const request = { to, content: hello, idempotencyKey: "order-7" };
    await expect(acme.send(request)).rejects.toMatchObject({ code: "outcome_unknown", remedy: "none" });
    await meta.settled();
    // a status that carries our id tells that it went out; without one nobody knows
    if (fault.kind === "answer_lost") expect(await acme.send(request)).toMatchObject({ providerId: meta.sent[0]?.id });
    else await expect(acme.send(request)).rejects.toMatchObject({ code: "outcome_unknown" });
    expect([posts(), meta.sent.length]).toEqual([1, fault.kind === "answer_lost" ? 1 : 0]);
    // the twin: another key goes out
    await acme.send({ ...request, idempotencyKey: "order-8" });
    expect(posts()).toBe(2);
  });

  it.each([
    ["Meta refuses it", { kind: "refused", code: 131009, status: 400 }, "content_invalid"],
    ["Meta says that it failed itself", { kind: "server_error" }, "provider_unavailable"],
    ["Meta limits the rate", { kind: "rate_limited", waitMs: 90_000 }, "rate_limited"],
  ] as const)("is free again when %s, since nothing went out", async (_how, fault, code) => {
    const { acme, meta, to, posts } = await openTalk();
    meta.fault({ ...fault, operation: MESSAGES });
    const request = { to, content: hello, idempotencyKey: "order-7" };
    await expect(acme.send(request)).rejects.toMatchObject({ code });
    expect(await acme.send(request)).toMatchObject({ providerId: meta.sent[0]?.id });
    expect(posts()).toBe(2);
  });
});

describe("a limit of Meta's", () => {
  it.each([
    [{ kind: "rate_limited", code: 80007, waitMs: 300_000 }, "rate_limited", 300_000],
    [{ kind: "rate_limited", code: 130429, waitMs: 2_000 }, "rate_limited", 2_000],
    [{ kind: "refused", code: 131056, status: 400 }, "pair_rate_limited", 6_000],
    [{ kind: "refused", code: 131048, status: 400 }, "spam_limited", 3_600_000],
  ] as const)("%j is told with its wait, and the connection stays connected", async (fault, code, retryAfterMs) => {
    const { acme, meta, to, connection, posts } = await openTalk();
    meta.fault({ ...fault, operation: MESSAGES });
    await expect(acme.send({ to, content: hello })).rejects.toMatchObject({ code, retryAfterMs, remedy: "wait", httpStatus: 429 });
    expect([posts(), (await acme.get(connection.id)).status.state]).toEqual([1, "connected"]);
    await acme.send({ to, content: hello });
  });
});

describe("a message that Meta takes and cannot deliver", () => {
  it("outside the 24-hour window fails with what to send instead, and that goes out", async () => {
    const time = manualClock();
    const { acme, meta, ana, account, to, wadesk } = await openTalk({ time });
    const statuses: WadeskEvent<"message.status">[] = [];
    wadesk.process("message.status", (event) => void statuses.push(event));
    await time.advance(24 * 3_600_000);
    const sent = await acme.send({ to, content: hello });
    await meta.settled();
    expect(await acme.message(sent.id)).toMatchObject({
      status: "failed",
      failure: { code: "window_closed", remedy: "change-request", vendor: { vendor: "meta", code: 131047 } },
    });
    expect((await acme.message(sent.id))?.failure?.message).toContain("send a template instead");
    expect(statuses).toMatchObject([{ data: { standing: "failed", message: { id: sent.id }, failure: { code: "window_closed" } } }]);
    const template: OutboundContent = { kind: "template", name: "hello_world", language: "en_US" };
    const instead = await acme.send({ to, content: template });
    ana.send(account.numberId, { type: "text", text: { body: "Hi again" } });
    await meta.settled();
    expect((await acme.message(instead.id))?.status).toBe("read");
  });

  it.each([
    [131026, "recipient_unreachable"],
    [131049, "marketing_limited"],
    [131042, "payment_required"],
    [130472, "marketing_limited"],
  ])("with %i fails as %s, and the row says so", async (vendorCode, code) => {
    const { acme, meta, to } = await openTalk();
    meta.fault({ kind: "failed_status", code: vendorCode });
    const sent = await acme.send({ to, content: hello });
    await meta.settled();
    expect(await acme.message(sent.id)).toMatchObject({ status: "failed", failure: { code, vendor: { code: vendorCode } } });
  });

  it("to somebody without WhatsApp fails; the others are not touched by it", async () => {
    const { acme, meta, to } = await openTalk();
    const nobody = await acme.send({ to: "+5511999990077", content: hello });
    const somebody = await acme.send({ to, content: hello });
    await meta.settled();
    expect((await acme.message(nobody.id))?.failure?.code).toBe("recipient_unreachable");
    expect((await acme.message(somebody.id))?.status).toBe("read");
  });
});

describe("a person who hides the phone", () => {
  it("is received by the business-scoped id alone, answered by it, and seen reading", async () => {
    const { acme, meta, account, wadesk } = await openTalk();
    const secretive = meta.addContact({ hidesPhone: true, userId: "BR.8f3Kq2Zx91", username: "moon.shop", name: "M" });
    const answered = Promise.withResolvers<string>();
    wadesk.process("message.received", async ({ data: { contact, messageId } }) => {
      if (contact.userId !== "BR.8f3Kq2Zx91") return;
      expect(contact).toEqual({ userId: "BR.8f3Kq2Zx91", username: "moon.shop", name: "M" });
      answered.resolve((await acme.send({ to: contact, content: hello, replyTo: messageId })).id);
    });
    secretive.send(account.numberId, { type: "text", text: { body: "Guess who" } });
    const id = await answered.promise;
    await meta.settled();
    expect(meta.sent.at(-1)?.to).toEqual({ userId: "BR.8f3Kq2Zx91" });
    expect(meta.sent.at(-1)?.payload).toMatchObject({ recipient: "BR.8f3Kq2Zx91", type: "text" });
    expect(await acme.message(id)).toMatchObject({ status: "read", to: { userId: "BR.8f3Kq2Zx91" } });
  });
});

describe("a person whose WhatsApp id differs from the dialled number", () => {
  it("is written to by the one, and answered by the other", async () => {
    const { acme, meta, account, wadesk } = await openTalk();
    const bia = meta.addContact({ phone: "+5511988887777", waId: "551188887777", name: "Bia" });
    bia.answers(({ type }) => (type === "template" ? { type: "text", text: { body: "Oi" } } : undefined));
    const answers: string[] = [];
    wadesk.process("message.received", async ({ data: { contact, messageId } }) => {
      answers.push((await acme.send({ to: contact, content: hello, replyTo: messageId })).id);
    });
    const first = await acme.send({ to: "+5511988887777", content: { kind: "template", name: "hello_world", language: "en_US" } });
    await meta.settled();
    expect((await acme.message(first.id))?.status).toBe("read");
    expect((await acme.message(answers[0] ?? ""))?.status).toBe("read");
    expect(meta.sent.map(({ to, numberId }) => [to.userId, numberId])).toEqual([
      [bia.userId, account.numberId],
      [bia.userId, account.numberId],
    ]);
  });
});

describe("a refusal that speaks for the number", () => {
  it.each([
    [131031, "locked"],
    [190, "token_expired"],
    [10, "scope_missing"],
  ])("with %i turns the connection to failed/%s at once, and a check that finds it well brings it back", async (vendorCode, reason) => {
    const { acme, meta, to, connection } = await openTalk();
    meta.fault({ kind: "refused", code: vendorCode, status: 403, operation: MESSAGES });
    await expect(acme.send({ to, content: hello })).rejects.toMatchObject({ code: reason });
    expect((await acme.get(connection.id)).status).toMatchObject({ state: "failed", reason });
    await expect(acme.send({ to, content: hello })).rejects.toMatchObject({ code: reason });
    expect((await acme.check(connection.id)).status.state).toBe("connected");
    await acme.send({ to, content: hello });
  });

  it.each([
    [131030, "recipient_not_allowed"],
    [133010, "number_not_registered"],
    [131042, "payment_required"],
    [132015, "template_paused"],
  ])("but %i is told as %s and leaves it connected", async (vendorCode, code) => {
    const { acme, meta, to, connection } = await openTalk();
    meta.fault({ kind: "refused", code: vendorCode, operation: MESSAGES });
    await expect(acme.send({ to, content: hello })).rejects.toMatchObject({ code });
    expect((await acme.get(connection.id)).status.state).toBe("connected");
  });
});

describe("markRead", () => {
  it("shows the person that the message was read, and that an answer is being typed", async () => {
    const { acme, meta, greeting } = await openTalk();
    await acme.markRead({ messageId: greeting, typing: true });
    expect(meta.received.find(({ id }) => id === greeting)).toMatchObject({ readAt: expect.any(Number), typingShown: true });
    await expect(acme.markRead({ messageId: "wamid.unknown" })).rejects.toMatchObject({ code: "content_invalid" });
    await expect(acme.markRead({ messageId: "" })).rejects.toMatchObject({ code: "input_invalid", issues: [{ field: "messageId" }] });
  });
});
