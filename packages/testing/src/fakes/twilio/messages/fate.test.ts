import { describe, expect, it } from "vitest";
import { HOOK, openTwilio, type TwilioWorld } from "../../../testing/open-twilio.ts";

const STATUS = "https://host.example/status";
const HOUR = 3_600_000;

async function lastOf({ twilio }: TwilioWorld): Promise<object | undefined> {
  await twilio.settled();
  const message = twilio.sent.at(-1);
  return message && { status: message.status, errorCode: message.errorCode };
}

describe("the fate of a message", () => {
  it("climbs with a callback at each step, at its pace", async () => {
    const world = openTwilio({ pace: { sentMs: 100, deliveredMs: 1000, readMs: 5000 } });
    world.ana.send(world.sender.number, "Oi");
    const { body } = await world.send({ Body: "Olá", StatusCallback: STATUS });
    await world.time.advance(10_000);
    const steps = world.heard.filter(({ url }) => url === STATUS).map(({ form, at }) => [form.MessageStatus, at - world.heard[0]!.at]);
    expect(steps).toEqual([
      ["queued", 0],
      ["sent", 100],
      ["delivered", 1100],
      ["read", 6100],
    ]);
    const read = world.heard.at(-1);
    expect(read?.form).toEqual({
      EventType: "READ",
      SmsSid: body.sid,
      SmsStatus: "read",
      MessageStatus: "read",
      ChannelToAddress: "+551199999XXXX",
      To: world.ana.address,
      ChannelPrefix: "whatsapp",
      MessageSid: body.sid,
      AccountSid: world.account.sid,
      From: `whatsapp:${world.sender.number}`,
      ApiVersion: "2010-04-01",
      ChannelInstallSid: world.sender.sid,
    });
  });

  it("calls the sender's status URL where the message names none", async () => {
    const world = openTwilio();
    world.sender.setWebhook({ callbackUrl: HOOK, statusCallbackUrl: STATUS });
    world.ana.send(world.sender.number, "Oi");
    await world.send({ Body: "Olá" });
    await world.twilio.settled();
    expect(world.heard.map(({ url }) => url)).toEqual([HOOK, STATUS, STATUS, STATUS, STATUS]);
  });

  it("needs the window, which a person opens for 24 hours, or an approved template", async () => {
    const world = openTwilio();
    const { send, ana, sender, contentSid, time, twilio } = world;
    const template = { ContentSid: contentSid, ContentVariables: '{"1":"7"}' };
    expect((await send({ Body: "Olá", StatusCallback: STATUS })).body).toMatchObject({ status: "queued", error_code: null });
    expect(await lastOf(world)).toEqual({ status: "undelivered", errorCode: 63016 });
    expect(world.heard.at(-1)?.form).toMatchObject({ MessageStatus: "undelivered", ErrorCode: "63016", EventType: "UNDELIVERED" });
    await send(template);
    expect(await lastOf(world)).toEqual({ status: "read", errorCode: undefined });
    ana.send(sender.number, "Oi");
    await send({ Body: "Olá" });
    expect(await lastOf(world)).toMatchObject({ status: "read" });
    await time.advance(24 * HOUR);
    await send({ Body: "Olá" });
    expect(await lastOf(world)).toMatchObject({ errorCode: 63016 });
    const pending = twilio.addContent({ accountSid: world.account.sid, approval: "pending" });
    for (const [approval, code] of [
      ["pending", 63016],
      ["unsubmitted", 63016],
      ["rejected", 63040],
      ["paused", 63041],
      ["disabled", 63042],
    ] as const) {
      pending.setApproval(approval);
      await send({ ContentSid: pending.sid });
      expect(await lastOf(world)).toMatchObject({ errorCode: code });
    }
  });

  it("reaches through the sandbox only who joined it, for three days", async () => {
    const world = openTwilio();
    const { send, ana, time, twilio, account } = world;
    const other = twilio.addAccount();
    const text = { From: `whatsapp:${twilio.sandbox.number}`, Body: "Olá" };
    twilio.sandbox.join(ana, other.sid);
    expect((await send(text)).status).toBe(201);
    expect(await lastOf(world)).toEqual({ status: "failed", errorCode: 63015 });
    twilio.sandbox.join(ana, account.sid);
    await send(text);
    expect(await lastOf(world)).toMatchObject({ status: "read" });
    await time.advance(72 * HOUR);
    await send(text);
    expect(await lastOf(world)).toEqual({ status: "failed", errorCode: 63015 });
    twilio.sandbox.join(ana);
    twilio.sandbox.leave(ana);
    await send(text);
    expect(await lastOf(world)).toEqual({ status: "failed", errorCode: 63015 });
  });

  it.each<[string, (world: TwilioWorld) => void, object]>([
    ["a person without WhatsApp", ({ ana }) => ana.change({ onWhatsApp: false }), { status: "undelivered", errorCode: 63024 }],
    ["a person who blocked it", ({ ana }) => ana.change({ blocks: true }), { status: "undelivered", errorCode: 63032 }],
    ["a phone that is off", ({ ana }) => ana.change({ reachable: false }), { status: "sent", errorCode: undefined }],
    ["a person without receipts", ({ ana }) => ana.change({ reads: false }), { status: "delivered", errorCode: undefined }],
    ["a sender that went offline", ({ sender }) => sender.setStatus("OFFLINE"), { status: "failed", errorCode: 63112 }],
    [
      "a rate that was too high",
      ({ twilio }) => twilio.fault({ kind: "failed_status", code: 63018 }),
      { status: "failed", errorCode: 63018 },
    ],
  ])("ends early: %s", async (_, change, ending) => {
    const world = openTwilio();
    world.ana.send(world.sender.number, "Oi");
    await world.send({ Body: "Olá" });
    expect(await lastOf(world)).toMatchObject({ status: "read" });
    change(world);
    await world.send({ Body: "Olá" });
    expect(await lastOf(world)).toEqual(ending);
  });

  it.each([
    ["an image of 5 MB", { contentType: "image/png", size: 5 * 1024 ** 2 }, undefined],
    ["an image of more", { contentType: "image/png", size: 5 * 1024 ** 2 + 1 }, 63034],
    ["a film of 16 MB", { contentType: "video/mp4", size: 16 * 1024 ** 2 }, undefined],
    ["a film of more", { contentType: "video/mp4", size: 16 * 1024 ** 2 + 1 }, 63034],
    ["an Opus voice note", { contentType: "audio/ogg; codecs=opus" }, undefined],
    ["a Vorbis file", { contentType: "audio/ogg; codecs=vorbis" }, 63005],
    ["a program", { contentType: "application/x-msdownload" }, 63005],
    ["a file that is gone", { contentType: "image/png", status: 404 }, 63019],
  ])("downloads files first: %s", async (_, file, code) => {
    const world = openTwilio();
    world.ana.send(world.sender.number, "Oi");
    world.twilio.addFile({ url: "https://files.example/a", ...file });
    expect((await world.send({ MediaUrl: "https://files.example/a" })).status).toBe(201);
    expect(await lastOf(world)).toMatchObject({ errorCode: code });
    await world.send({ MediaUrl: "https://files.example/unknown" });
    expect(await lastOf(world)).toEqual({ status: "failed", errorCode: 63019 });
  });

  it("refuses a place that is none, later", async () => {
    const world = openTwilio();
    world.ana.send(world.sender.number, "Oi");
    await world.send({ Body: "Bakery", PersistentAction: "geo:-23.5,-46.6|Rua 1" });
    expect(await lastOf(world)).toMatchObject({ status: "read" });
    await world.send({ Body: "Bakery", PersistentAction: "Rua 1" });
    expect(await lastOf(world)).toEqual({ status: "undelivered", errorCode: 63021 });
  });

  it("sends statuses before the answer where a fault says so", async () => {
    const world = openTwilio();
    world.ana.send(world.sender.number, "Oi");
    await world.twilio.settled();
    world.twilio.fault({ kind: "status_before_answer" });
    const { body } = await world.send({ Body: "Olá", StatusCallback: STATUS });
    expect(world.heard.map(({ form }) => form.MessageStatus)).toEqual([undefined, "queued", "sent", "delivered", "read"]);
    expect(body.status).toBe("queued");
  });
});
