import { describe, expect, it } from "vitest";
import { HOOK, openTwilio, type TwilioWorld } from "../../../testing/open-twilio.ts";

const DAY = 86_400_000;
const refusal = (code: number): object => ({ status: 400, body: { code } });

async function fateOf({ twilio }: TwilioWorld): Promise<unknown> {
  await twilio.settled();
  const message = twilio.sent.at(-1);
  return message && [message.status, message.errorCode];
}

/** A world in which Ana has written a moment ago. */
async function openWindow(): Promise<TwilioWorld> {
  const world = openTwilio();
  world.ana.send(world.sender.number, "Oi");
  await world.twilio.settled();
  return world;
}

describe("a request is refused", () => {
  it("whose variable is a number: each must be a text", async () => {
    const { send, contentSid } = await openWindow();
    expect((await send({ ContentSid: contentSid, ContentVariables: '{"1":"7"}' })).status).toBe(201);
    expect(await send({ ContentSid: contentSid, ContentVariables: '{"1":7}' })).toMatchObject(refusal(21656));
  });

  it("that has more than 100 variables", async () => {
    const { send, contentSid } = await openWindow();
    const variables = (count: number): string =>
      JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, index) => [index + 1, "x"])));
    expect((await send({ ContentSid: contentSid, ContentVariables: variables(100) })).status).toBe(201);
    expect(await send({ ContentSid: contentSid, ContentVariables: variables(101) })).toMatchObject(refusal(21656));
  });

  it("that names a messaging service beside its sender, since there is none", async () => {
    const { send, twilio } = await openWindow();
    expect(await send({ Body: "Olá", MessagingServiceSid: `MG${"0".repeat(32)}` })).toMatchObject(refusal(21701));
    expect(twilio.sent).toHaveLength(0);
  });

  it.each([
    [35111, "no time", { ScheduleType: "fixed" }],
    [35114, "a time that is too near", { ScheduleType: "fixed", SendAt: "in 14 minutes" }],
    [35114, "a time that is too far", { ScheduleType: "fixed", SendAt: "in 51000 minutes" }],
    [35114, "a time without its zone", { ScheduleType: "fixed", SendAt: "2026-12-01T10:00:00" }],
    [35118, "no messaging service", { ScheduleType: "fixed", SendAt: "in 20 minutes" }],
  ] as const)("with %i that is scheduled with %s", async (code, _what, form) => {
    const { send, time } = await openWindow();
    const sendAt =
      "SendAt" in form
        ? form.SendAt.replace(/^in (\d+) minutes$/, (_, minutes) => new Date(time.now() + Number(minutes) * 60_000).toISOString())
        : undefined;
    expect(await send({ Body: "Olá", ...form, SendAt: sendAt })).toMatchObject(refusal(code));
  });
});

describe("a message fails", () => {
  const card = { title: "Bread", body: "Fresh", actions: [{ type: "QUICK_REPLY", title: "Yes", id: "1" }] };
  const carousel = { "twilio/carousel": { body: "Look", cards: [card, card] } };
  const list = { "twilio/list-picker": { body: "Choose", button: "Menu", items: [{ item: "One", id: "1" }] } };

  it("that is a carousel nobody approved, even inside the window", async () => {
    const world = await openWindow();
    const { sid, setApproval } = world.twilio.addContent({ accountSid: world.account.sid, types: carousel, approval: "unsubmitted" });
    await world.send({ ContentSid: sid });
    expect(await fateOf(world)).toEqual(["undelivered", 63016]);
    setApproval("approved");
    await world.send({ ContentSid: sid });
    expect(await fateOf(world)).toEqual(["read", undefined]);
  });

  it("that is a list outside the window, for no list is ever approved", async () => {
    const world = await openWindow();
    const { sid } = world.twilio.addContent({ accountSid: world.account.sid, types: list });
    await world.send({ ContentSid: sid });
    expect(await fateOf(world)).toEqual(["read", undefined]);
    await world.time.advance(DAY);
    await world.send({ ContentSid: sid });
    expect(await fateOf(world)).toEqual(["undelivered", 63016]);
  });

  it("from the sandbox outside the window with a template of one's own: it has three of Twilio's", async () => {
    const world = openTwilio();
    const { twilio, ana, time } = world;
    twilio.sandbox.join(ana);
    const { sid } = twilio.addContent({ accountSid: world.account.sid, types: { "twilio/text": { body: "Hello" } } });
    const form = { From: `whatsapp:${twilio.sandbox.number}`, ContentSid: sid };
    await world.send(form);
    expect(await fateOf(world)).toEqual(["read", undefined]);
    await time.advance(DAY);
    await world.send(form);
    expect(await fateOf(world)).toEqual(["undelivered", 63016]);
  });

  it("with 63034 whose file is too large for WhatsApp", async () => {
    const world = await openWindow();
    const url = "https://files.example/large.mp4";
    world.twilio.addFile({ url, contentType: "video/mp4", size: 16 * 1024 * 1024 + 1 });
    await world.send({ MediaUrl: url });
    expect(await fateOf(world)).toEqual(["failed", 63034]);
  });

  it("that is a trial account's fifty-first of a day", async () => {
    const world = openTwilio();
    const { twilio, ana, call, time } = world;
    const trial = twilio.addAccount({ type: "Trial" });
    twilio.sandbox.join(ana, trial.sid);
    const address = `https://api.twilio.com/2010-04-01/Accounts/${trial.sid}/Messages.json`;
    const send = () =>
      call(address, {
        as: `${trial.sid}:${trial.authToken}`,
        form: { To: ana.address, From: `whatsapp:${twilio.sandbox.number}`, Body: "Olá" },
      });
    for (let count = 0; count < 50; count += 1) await send();
    expect(await fateOf(world)).toEqual(["read", undefined]);
    await send();
    expect(await fateOf(world)).toEqual(["failed", 63038]);
    await time.advance(DAY);
    twilio.sandbox.join(ana, trial.sid);
    await send();
    expect(await fateOf(world)).toEqual(["read", undefined]);
  });
});

describe("what a person writes", () => {
  it("names the message that it answers while that is at most seven days old", async () => {
    const world = await openWindow();
    const { body } = await world.send({ Body: "Olá" });
    await world.time.advance(7 * DAY - 1000);
    world.ana.send(world.sender.number, { text: "a", replyTo: body.sid });
    await world.time.advance(2000);
    world.ana.send(world.sender.number, { text: "b", replyTo: body.sid });
    await world.twilio.settled();
    expect(world.heard.filter(({ form }) => form.Body).map(({ form }) => [form.Body, form.OriginalRepliedMessageSid])).toEqual([
      ["Oi", undefined],
      ["a", body.sid],
      ["b", undefined],
    ]);
  });

  it.each([301, 302, 307, 308])(
    "is lost where its webhook answers %i: the redirect is followed as a GET without parameters",
    async (status) => {
      const world = openTwilio();
      world.answers.push(new Response(null, { status, headers: { location: "https://host.example/moved" } }));
      world.ana.send(world.sender.number, "Oi");
      await world.twilio.settled();
      expect(world.heard.map(({ url }) => url)).toEqual([HOOK]);
      expect(world.got).toEqual(["https://host.example/moved"]);
      expect(world.twilio.deliveries).toMatchObject([{ status: 404 }]);
    },
  );
});

it("a trial account has no sender of its own", () => {
  const { twilio } = openTwilio();
  const { sid } = twilio.addAccount({ type: "Trial" });
  expect(() => twilio.addSender({ accountSid: sid })).toThrow("a trial account can have no sender");
});
