import { describe, expect, it } from "vitest";
import { openWorld, type World } from "../../../testing/open-world.ts";

const TEXT = { type: "text", text: { body: "Hello" } };
const TEMPLATE = { type: "template", template: { name: "hello_world", language: { code: "en_US" } } };
const HOUR = 3_600_000;

const statuses = ({ heard }: World) =>
  heard.map(({ body }) => JSON.parse(body).entry[0].changes[0].value).flatMap((value) => value.statuses ?? []);

describe("what becomes of an accepted message", () => {
  it("is sent, delivered and read, priced per message, with the host's own data", async () => {
    const world = await openWorld();
    world.ana.send(world.numberId, TEXT);
    const { body } = await world.send({ ...TEXT, biz_opaque_callback_data: "order-7" });
    await world.meta.settled();
    expect(statuses(world).map(({ status }) => status)).toEqual(["sent", "delivered", "read"]);
    expect(statuses(world)[1]).toEqual({
      id: body.messages[0].id,
      status: "delivered",
      timestamp: String(Math.floor(world.time.now() / 1000)),
      recipient_id: "5511999990000",
      recipient_user_id: "BR.1A2b3C4d5E",
      pricing: { billable: false, pricing_model: "PMP", category: "service", type: "free_customer_service" },
      biz_opaque_callback_data: "order-7",
    });
  });

  it("tells the person's username once it was delivered", async () => {
    const world = await openWorld();
    const bia = world.meta.addContact({ phone: "+5511988887777", username: "bia" });
    await world.send({ ...TEMPLATE, to: bia.phone });
    await world.meta.settled();
    const values = world.heard.map(({ body }) => JSON.parse(body).entry[0].changes[0].value);
    expect(values.map(({ statuses: [{ status }], contacts: [contact] }) => [status, contact.profile.username])).toEqual([
      ["sent", undefined],
      ["delivered", "bia"],
      ["read", "bia"],
    ]);
  });

  it("fails with 131047 once 24 hours have passed, though Meta accepted it; a template still arrives", async () => {
    const world = await openWorld();
    world.ana.send(world.numberId, TEXT);
    await world.time.advance(24 * HOUR - 1);
    expect((await world.send(TEXT)).status).toBe(200);
    await world.time.advance(1);
    expect((await world.send(TEXT)).status).toBe(200);
    await world.send(TEMPLATE);
    await world.meta.settled();
    expect(world.meta.sent.map(({ status }) => status)).toEqual(["read", "failed", "read"]);
    const [failed] = statuses(world).filter(({ status }) => status === "failed");
    expect(failed).toMatchObject({
      errors: [{ code: 131047, title: "Re-engagement message", error_data: { details: expect.stringContaining("24 hours") } }],
    });
    expect(failed.pricing).toBeUndefined();
    expect(
      JSON.parse(world.heard.find(({ body }) => body.includes("131047"))?.body ?? "").entry[0].changes[0].value.contacts,
    ).toBeUndefined();
  });

  it("fails with 131026 for a person without WhatsApp, and for a number that is nobody's", async () => {
    const world = await openWorld();
    await world.send(TEMPLATE);
    await world.meta.settled();
    world.ana.change({ onWhatsApp: false });
    expect((await world.send(TEMPLATE)).status).toBe(200);
    expect((await world.send({ ...TEMPLATE, to: "+5511900000000" })).status).toBe(200);
    await world.meta.settled();
    expect(world.meta.sent.map((message) => message.statuses.at(-1)?.code)).toEqual([undefined, 131026, 131026]);
  });

  it("stays at sent while the phone is off, and at delivered without read receipts", async () => {
    const world = await openWorld();
    world.ana.change({ reads: false });
    await world.send(TEMPLATE);
    await world.meta.settled();
    world.ana.change({ reachable: false });
    await world.send(TEMPLATE);
    await world.meta.settled();
    expect(world.meta.sent.map(({ status }) => status)).toEqual(["delivered", "sent"]);
  });

  it("fails with 131009 as a reaction to a message older than thirty days", async () => {
    const world = await openWorld();
    const messageId = world.ana.send(world.numberId, TEXT);
    const react = { type: "reaction", reaction: { message_id: messageId, emoji: "👍" } };
    await world.time.advance(30 * 24 * HOUR);
    world.ana.send(world.numberId, TEXT);
    await world.send(react);
    await world.time.advance(1);
    await world.send(react);
    await world.meta.settled();
    expect(world.meta.sent.map((message) => message.statuses.at(-1)?.code)).toEqual([undefined, 131009]);
  });

  it("takes its time by the fake's clock", async () => {
    const world = await openWorld({ pace: { sentMs: 100, deliveredMs: 200, readMs: 300, replyMs: 400 } });
    world.ana.answers(() => ({ type: "text", text: { body: "Thanks" } }));
    await world.send(TEMPLATE);
    const seen: unknown[] = [];
    for (const step of [99, 1, 200, 300, 399, 1]) {
      await world.time.advance(step);
      seen.push([world.meta.sent[0]?.status, world.meta.received.length]);
    }
    expect(seen).toEqual([
      ["accepted", 0],
      ["sent", 0],
      ["delivered", 0],
      ["read", 0],
      ["read", 0],
      ["read", 1],
    ]);
  });
});

describe("recipients", () => {
  it("are found by phone however it is written, and by WhatsApp's own id of it", async () => {
    const world = await openWorld();
    world.meta.addContact({ phone: "+5511988887777", waId: "551188887777", name: "Bia" });
    for (const to of ["+55 (11) 98888-7777", "5511988887777", "551188887777"]) {
      expect((await world.send({ ...TEMPLATE, to })).body.contacts).toEqual([{ input: to, wa_id: "551188887777" }]);
    }
  });

  it("may be a user id in place of a phone; the phone wins when both are given", async () => {
    const world = await openWorld();
    const bia = world.meta.addContact({ hidesPhone: true, userId: "US.77", name: "Bia" });
    bia.send(world.numberId, TEXT);
    const { body } = await world.send({ ...TEXT, to: undefined, recipient: "US.77" });
    expect(body.contacts).toEqual([{ input: "US.77", user_id: "US.77" }]);
    expect((await world.send({ ...TEMPLATE, recipient: "US.77" })).body.contacts[0].wa_id).toBe("5511999990000");
    await world.meta.settled();
    const [message] = JSON.parse(world.heard[0]?.body ?? "").entry[0].changes[0].value.messages;
    expect([message.from, message.from_user_id]).toEqual([undefined, "US.77"]);
    expect(statuses(world)[0]).toMatchObject({ recipient_user_id: "US.77" });
    expect(statuses(world)[0].recipient_id).toBeUndefined();
    const code = { type: "template", template: { name: "code", language: { code: "en_US" } } };
    world.meta.addTemplate({ wabaId: world.wabaId, name: "code", category: "AUTHENTICATION" });
    expect((await world.send(code)).status).toBe(200);
    expect((await world.send({ ...code, to: undefined, recipient: "US.77" })).body.error.code).toBe(131062);
  });

  it.each([
    ["nobody", { to: undefined }, 100],
    ["a word", { to: "Ana" }, 100],
    ["a number in place of a string", { to: 5511999990000 }, 100],
    ["a user id that is none", { to: undefined, recipient: "Ana" }, 131009],
  ])("are refused when they are %s", async (_, rest, code) => {
    const world = await openWorld();
    expect((await world.send(TEMPLATE)).status).toBe(200);
    expect((await world.send({ ...TEMPLATE, ...rest })).body.error.code).toBe(code);
  });

  it("are not the sender itself, and of a test number only those on its list", async () => {
    const { meta, wabaId, call, ana } = await openWorld();
    const number = meta.addNumber({ wabaId, allowedRecipients: ["+5511999990000"] });
    const send = (to: string | undefined) => call(`${number.id}/messages`, { json: { messaging_product: "whatsapp", to, ...TEMPLATE } });
    expect((await send(ana.phone)).status).toBe(200);
    expect((await send("+5511988887777")).body.error.code).toBe(131030);
    expect((await send(number.phone)).body.error.code).toBe(131021);
  });

  it("are who they were, where the message says whose key it was written for", async () => {
    const world = await openWorld();
    world.meta.addContact({ phone: "+5511988887777", identityKeyHash: "DF2lS5v2W6x=" });
    const send = (recipient_identity_key_hash: string) => world.send({ ...TEMPLATE, to: "+5511988887777", recipient_identity_key_hash });
    expect((await send("DF2lS5v2W6x=")).status).toBe(200);
    expect(await send("another")).toMatchObject({ status: 400, body: { error: { code: 137000 } } });
  });

  it("are no group that nobody made", async () => {
    const world = await openWorld();
    const refused = await world.send({ ...TEMPLATE, recipient_type: "group", to: "group-1" });
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 131041 } } });
  });

  it("are asked for a call once a day and twice a week", async () => {
    const world = await openWorld();
    const ask = async (to = world.ana.phone): Promise<number> => {
      const interactive = { type: "call_permission_request", action: { name: "call_permission_request" } };
      const { status, body } = await world.send({ to, type: "interactive", interactive });
      return body.error?.code ?? status;
    };
    const day = 24 * HOUR;
    expect([await ask(), await ask(), await ask(world.meta.addContact().phone)]).toEqual([200, 138009, 200]);
    await world.time.advance(day);
    expect(await ask()).toBe(200);
    await world.time.advance(day);
    expect(await ask()).toBe(138009);
    await world.time.advance(5 * day);
    expect(await ask()).toBe(200);
  });

  it("get 45 messages at once, then one each six seconds", async () => {
    const world = await openWorld();
    for (let count = 0; count < 45; count += 1) expect((await world.send(TEMPLATE)).status).toBe(200);
    expect((await world.send(TEMPLATE)).body.error.code).toBe(131056);
    await world.time.advance(6_000);
    expect((await world.send(TEMPLATE)).status).toBe(200);
    expect((await world.send(TEMPLATE)).body.error.code).toBe(131056);
  });
});
