import { describe, expect, it } from "vitest";
import { HOOK, openTwilio, type TwilioWorld } from "../../../testing/open-twilio.ts";
import type { PersonWrites } from "../state.ts";

async function written(writes: PersonWrites | string, change: (world: TwilioWorld) => void = () => {}): Promise<Record<string, string>> {
  const world = openTwilio();
  change(world);
  world.ana.send(world.sender.number, writes);
  await world.twilio.settled();
  return { ...world.heard.at(-1)?.form };
}

const bytes = new Uint8Array([1, 2, 3]);

describe("an inbound message", () => {
  it("carries what Twilio sends with a text", async () => {
    const { ana, sender, account, twilio, heard } = openTwilio();
    const sid = ana.send(sender.number, "Olá & até 👍");
    await twilio.settled();
    expect(heard[0]?.form).toEqual({
      SmsMessageSid: sid,
      NumMedia: "0",
      ProfileName: "Ana",
      ExternalUserId: "whatsapp:BR.1A2b3C4d5E",
      MessageType: "text",
      SmsSid: sid,
      WaId: "5511999990000",
      SmsStatus: "received",
      Body: "Olá & até 👍",
      To: "whatsapp:+15550100001",
      NumSegments: "1",
      ReferralNumMedia: "0",
      MessageSid: sid,
      AccountSid: account.sid,
      ChannelMetadata: '{"type":"whatsapp","data":{"context":{"ProfileName":"Ana","WaId":"5511999990000"}}}',
      From: "whatsapp:+5511999990000",
      ApiVersion: "2010-04-01",
    });
  });

  it.each<[string, PersonWrites, Record<string, string>]>([
    [
      "a photo",
      { file: { bytes, contentType: "image/jpeg", caption: "look" } },
      { MessageType: "image", Body: "look", MediaContentType0: "image/jpeg" },
    ],
    ["a voice note", { file: { bytes, contentType: "audio/ogg" } }, { MessageType: "audio", Body: "" }],
    ["a sticker", { file: { bytes, contentType: "image/webp" } }, { MessageType: "sticker" }],
    [
      "a document, its name in Body",
      { file: { bytes, contentType: "application/pdf", fileName: "bill.pdf" } },
      { MessageType: "document", Body: "bill.pdf" },
    ],
    [
      "an address card",
      { file: { bytes, contentType: "text/vcard" } },
      { MessageType: "contacts", NumMedia: "1", MediaContentType0: "text/vcard" },
    ],
    [
      "a place",
      { location: { latitude: -23.5, longitude: -46.6, label: "Bakery", address: "Rua 1" } },
      { MessageType: "location", Latitude: "-23.5", Longitude: "-46.6", Label: "Bakery", Address: "Rua 1" },
    ],
    [
      "a button",
      { button: { text: "Yes", payload: "yes-1" } },
      { MessageType: "interactive", Body: "Yes", ButtonText: "Yes", ButtonPayload: "yes-1" },
    ],
    ["a template's button", { button: { text: "Yes", template: true } }, { MessageType: "button", ButtonPayload: "Yes" }],
    [
      "a row of a list",
      { list: { id: "r1", title: "Row", description: "first" } },
      { MessageType: "interactive", Body: "Row", ListId: "r1", ListTitle: "Row", ListDescription: "first" },
    ],
    ["a message passed on", { text: "a", forwarded: "often" }, { Forwarded: "true", FrequentlyForwarded: "true" }],
    ["what an ad adds", { text: "a", parameters: { ReferralSourceId: "7" } }, { ReferralSourceId: "7" }],
  ])("carries %s", async (_, writes, parameters) => {
    expect(await written(writes)).toMatchObject(parameters);
  });

  it("names no phone where the person hides it", async () => {
    const world = openTwilio();
    const shy = world.twilio.addContact({ userId: "US.77aB", hidesPhone: true });
    shy.send(world.sender.number, "Oi");
    await world.twilio.settled();
    expect(world.heard[0]?.form).toMatchObject({ From: "whatsapp:US.77aB", ExternalUserId: "whatsapp:US.77aB" });
    expect(world.heard[0]?.form).not.toHaveProperty("WaId");
    expect((await world.send({ To: shy.address, Body: "Olá" })).status).toBe(201);
    await world.twilio.settled();
    expect(world.twilio.sent).toMatchObject([{ to: "whatsapp:US.77aB", status: "read" }]);
  });

  it("names the message that it answers", async () => {
    const world = openTwilio();
    world.ana.send(world.sender.number, "Oi");
    const { body } = await world.send({ Body: "Olá" });
    world.ana.send(world.sender.number, { text: "yes", replyTo: body.sid });
    await world.twilio.settled();
    expect(world.heard.at(-1)?.form).toMatchObject({
      OriginalRepliedMessageSid: body.sid,
      OriginalRepliedMessageSender: `whatsapp:${world.sender.number}`,
    });
  });

  it("has its file behind credentials, until it is deleted", async () => {
    const world = openTwilio();
    world.ana.send(world.sender.number, { file: { bytes, contentType: "application/pdf", fileName: "bill.pdf" } });
    await world.twilio.settled();
    const url = world.heard[0]?.form.MediaUrl0 ?? "";
    expect(url).toMatch(/^https:\/\/api\.twilio\.com\/2010-04-01\/Accounts\/AC.{32}\/Messages\/MM.{32}\/Media\/ME.{32}$/);
    const file = await world.call(url);
    expect([file.status, file.headers.get("content-type"), file.body]).toEqual([200, "application/pdf", "\u0001\u0002\u0003"]);
    expect(await world.call(url, { as: "" })).toMatchObject({ status: 401, body: { code: 20003 } });
    expect((await world.call(`${url}.json`)).body).toMatchObject({ content_type: "application/pdf" });
    expect((await world.call(`${url}.json`, { method: "DELETE" })).status).toBe(204);
    expect(await world.call(url)).toMatchObject({ status: 404, body: { code: 20404 } });
  });

  it("reaches the account whose sandbox the person joined last", async () => {
    const { twilio, account, ana, heard, time } = openTwilio();
    const other = twilio.addAccount();
    expect(() => ana.send(twilio.sandbox.number, "Oi")).toThrow("has not joined a sandbox");
    for (const { sid } of [account, other]) {
      twilio.sandbox.setWebhook({ callbackUrl: `${HOOK}/${sid}` }, sid);
      twilio.sandbox.join(ana, sid);
      await time.advance(1);
    }
    ana.send(twilio.sandbox.number, "Oi");
    await twilio.settled();
    expect(heard).toMatchObject([{ url: `${HOOK}/${other.sid}`, form: { AccountSid: other.sid, To: "whatsapp:+14155238886" } }]);
  });
});

describe("the host's answer to an inbound message", () => {
  const xml = (body: string): Response => new Response(body, { headers: { "content-type": "text/xml; charset=utf-8" } });
  it.each<[string, number | Response, string[], number[]]>([
    ["empty TwiML", xml("<Response/>"), [], []],
    ["TwiML with a declaration", xml('<?xml version="1.0" encoding="UTF-8"?>\n<Response></Response>'), [], []],
    ["204", 204, [], []],
    ["an empty 200", 200, [], []],
    ["a message", xml("<Response><Message>a &amp; b</Message><Message><Body>c</Body></Message></Response>"), ["a & b", "c"], []],
    ["JSON", Response.json({ ok: true }), [], [12300]],
    ["a text, which the person gets", new Response("ok", { headers: { "content-type": "text/plain" } }), ["ok"], [12300]],
    ["XML that is no TwiML", xml("<Answer/>"), [], [12100]],
    ["an error", 503, [], [11200]],
  ])("counts as Twilio says: %s", async (_, answer, replies, codes) => {
    const { ana, sender, twilio, answers } = openTwilio();
    answers.push(answer);
    ana.send(sender.number, "Oi");
    await twilio.settled();
    expect(twilio.sent.map(({ body }) => body)).toEqual(replies);
    expect(twilio.alerts.map(({ code }) => code)).toEqual(codes);
    expect(twilio.sent.every(({ status, direction }) => status === "read" && direction === "outbound-reply")).toBe(true);
  });

  it("lets scripted people answer what reached them", async () => {
    const { ana, sender, twilio, send, heard } = openTwilio();
    ana.answers(({ body }) => (body === "How are you?" ? { text: "Fine" } : undefined));
    ana.send(sender.number, "Oi");
    await send({ Body: "How are you?" });
    await twilio.settled();
    expect(heard.map(({ form }) => form.Body)).toEqual(["Oi", "Fine"]);
  });
});
