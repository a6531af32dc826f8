import { describe, expect, it } from "vitest";
import { manualClock } from "../../../manual-clock.ts";
import { messagesOf, openTwilio, type TwilioWorld } from "../../../testing/open-twilio.ts";

const PHOTO = "https://files.example/photo.jpg";
type Form = Parameters<TwilioWorld["send"]>[0];

async function world(): Promise<TwilioWorld> {
  const opened = openTwilio();
  opened.twilio.addFile({ url: PHOTO, contentType: "image/jpeg" });
  opened.ana.send(opened.sender.number, "Oi");
  await opened.twilio.settled();
  opened.heard.length = 0;
  return opened;
}

const refusal = (code: number, status = 400): object => ({
  status,
  body: { code, status, message: expect.any(String), more_info: `https://www.twilio.com/docs/errors/${code}` },
});

describe("sending a message", () => {
  it.each<[string, (world: TwilioWorld) => Form, object]>([
    ["a text", () => ({ Body: "Olá 👍" }), { body: "Olá 👍", num_media: "0", sid: expect.stringMatching(/^SM[0-9a-f]{32}$/) }],
    ["a text of 1600 characters", () => ({ Body: "👍".repeat(1600) }), { status: "queued" }],
    ["a file", () => ({ MediaUrl: PHOTO, Body: "look" }), { num_media: "1", sid: expect.stringMatching(/^MM/) }],
    ["a location", () => ({ Body: "Bakery", PersistentAction: "geo:-23.5,-46.6|Rua 1" }), { body: "Bakery" }],
    ["a template", ({ contentSid }) => ({ ContentSid: contentSid, ContentVariables: '{"1":"7"}' }), { body: "Order 7 comes today" }],
    ["a user id", () => ({ To: "whatsapp:BR.1A2b3C4d5E", Body: "Olá" }), { to: "whatsapp:BR.1A2b3C4d5E" }],
    ["what Twilio does not know", () => ({ Body: "a", Unheard: "b", body: "c" }), { body: "a" }],
  ])("accepts %s, queued", async (_, form, resource) => {
    const here = await world();
    const answer = await here.send(form(here));
    expect(answer).toMatchObject({ status: 201, body: { status: "queued", direction: "outbound-api", error_code: null, ...resource } });
    await here.twilio.settled();
    expect(here.twilio.sent).toMatchObject([{ sid: answer.body.sid, status: "read", from: `whatsapp:${here.sender.number}` }]);
  });

  it.each<[number, string, Form]>([
    [21604, "nobody", { To: undefined }],
    [21604, "an empty recipient", { To: "" }],
    [21604, "a recipient under another name", { To: undefined, to: "whatsapp:+5511999990000" }],
    [21603, "no sender", { From: undefined }],
    [21619, "nothing", { Body: undefined }],
    [21619, "an empty text", { Body: "" }],
    [21619, "a place without a text", { Body: undefined, PersistentAction: "geo:1,1" }],
    [21617, "a text of 1601 characters", { Body: "a".repeat(1601) }],
    [21910, "a recipient without its prefix", { To: "+5511999990000" }],
    [21910, "a sender without its prefix", { From: "+15550100001" }],
    [21606, "a short message", { From: "+15550100001", To: "+5511999990000" }],
    [21211, "a number without its plus", { To: "whatsapp:5511999990000" }],
    [21211, "a name", { To: "whatsapp:Ana" }],
    [63007, "a number that is no sender", { From: "whatsapp:+15550100009" }],
    [63031, "itself", { To: "whatsapp:+15550100001" }],
    [21609, "a callback that is no URL", { StatusCallback: "host.example/hook" }],
    [21609, "a callback with an underscore", { StatusCallback: "https://my_host.example/hook" }],
    [21620, "a file that is no URL", { MediaUrl: "photo.jpg" }],
    [21623, "eleven files", { MediaUrl: Array.from({ length: 11 }, () => PHOTO) }],
    [21654, "variables of no template", { ContentVariables: "{}" }],
    [21655, "a template that is not there", { ContentSid: `HX${"0".repeat(32)}` }],
    [21655, "a template that is no SID", { ContentSid: "greeting" }],
    [21705, "a messaging service that is no SID", { From: undefined, MessagingServiceSid: "MG1" }],
    [21701, "a messaging service that is not there", { From: undefined, MessagingServiceSid: `MG${"0".repeat(32)}` }],
    [
      35118,
      "a later time without a messaging service",
      { ScheduleType: "fixed", SendAt: new Date(manualClock().now() + 3_600_000).toISOString() },
    ],
    [21624, "a validity of no time", { ValidityPeriod: "0" }],
    [21627, "a price that is none", { MaxPrice: "free" }],
    [20001, "a flag that is none", { ProvideFeedback: "maybe" }],
    [20001, "a choice that is none", { ContentRetention: "forget" }],
  ])("refuses with %i %s", async (code, _, change) => {
    const here = await world();
    expect((await here.send({ Body: "Olá" })).status).toBe(201);
    expect(await here.send({ Body: "Olá", ...change })).toMatchObject(refusal(code));
    expect(here.twilio.sent).toHaveLength(1);
  });

  it.each([
    ["no JSON", "{1:7}"],
    ["a list", '["7"]'],
    ["null", '{"1":null}'],
    ["an empty value", '{"1":""}'],
    ["a line break", '{"1":"7\\n8"}'],
    ["five spaces", '{"1":"7     8"}'],
    ["no value for a variable without one of its own", '{"2":"now"}'],
  ])("refuses variables with %s", async (_, ContentVariables) => {
    const { send, contentSid } = await world();
    expect((await send({ ContentSid: contentSid, ContentVariables: '{"1":"7","2":"now","3":"surplus"}' })).body.body).toBe(
      "Order 7 comes now",
    );
    expect(await send({ ContentSid: contentSid, ContentVariables })).toMatchObject(refusal(21656));
  });

  it("refuses a variable of 1601 characters, and another account's template", async () => {
    const { send, contentSid, twilio } = await world();
    const variables = (length: number): Form => ({ ContentSid: contentSid, ContentVariables: JSON.stringify({ 1: "a".repeat(length) }) });
    expect((await send(variables(1600))).status).toBe(201);
    expect(await send(variables(1601))).toMatchObject(refusal(21658));
    const { sid } = twilio.addContent({ accountSid: twilio.addAccount().sid });
    expect(await send({ ContentSid: sid })).toMatchObject(refusal(21655));
  });

  it("reads forms only", async () => {
    const { call, account, ana, sender } = await world();
    const fields = { To: ana.address, From: `whatsapp:${sender.number}`, Body: "Olá" };
    expect((await call(messagesOf(account.sid), { form: fields })).status).toBe(201);
    expect(await call(messagesOf(account.sid), { json: fields })).toMatchObject(refusal(21604));
  });

  it("knows no sender that is not registered yet", async () => {
    const { send, sender } = await world();
    expect((await send({ Body: "Olá" })).status).toBe(201);
    sender.setStatus("PENDING_VERIFICATION");
    expect(await send({ Body: "Olá" })).toMatchObject(refusal(63007));
  });
});
