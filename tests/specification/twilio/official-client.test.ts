import { twilioHandlers } from "@wadesk/testing/msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createTwilioWorld, type TwilioWorld } from "./world.ts";

const server = setupServer();
let world: TwilioWorld;

beforeAll(async () => {
  world = await createTwilioWorld();
  server.listen({ onUnhandledFrame: "error" });
});
afterEach(() => server.resetHandlers());
afterAll(async () => {
  server.close();
  await world.twilio.close();
});

/** Twilio's own client, unchanged, which finds the fake behind Twilio's hosts. */
async function client(authToken: string = world.account.authToken) {
  server.use(...twilioHandlers(world.twilio));
  const { default: twilio } = await import("twilio");
  return twilio(world.account.sid, authToken);
}

describe("Twilio's own client with the fake Twilio", () => {
  it("reads the account", async () => {
    const account = await (await client()).api.v2010.accounts(world.account.sid).fetch();
    expect([account.sid, account.status, account.type]).toEqual([world.account.sid, "active", "Full"]);
    await expect((await client("wrong")).api.v2010.accounts(world.account.sid).fetch()).rejects.toMatchObject({ status: 401, code: 20003 });
  });

  it("sends, reads and lists messages page by page", async () => {
    const { messages } = await client();
    const sent = await messages.create({ to: world.ana, from: world.from, body: "Olá", statusCallback: "https://host.example/status" });
    expect(sent).toMatchObject({ status: "queued", errorCode: null, direction: "outbound-api", numMedia: "0" });
    expect(sent.dateCreated).toBeInstanceOf(Date);
    await world.twilio.settled();
    expect((await messages(sent.sid).fetch()).status).toBe("read");
    for (const body of ["one", "two"]) await messages.create({ to: world.ana, from: world.from, body });
    expect((await messages.list({ pageSize: 2 })).map(({ body }) => body)).toEqual(["two", "one", "Olá", ""]);
    await expect(messages.create({ to: "+5511999990000", from: world.from, body: "a" })).rejects.toMatchObject({
      status: 400,
      code: 21910,
    });
  });

  it("reads and deletes a file of a message", async () => {
    const media = (await client()).messages(world.own.MessageSid ?? "").media(world.own.MediaSid ?? "");
    expect((await media.fetch()).contentType).toBe("image/jpeg");
    expect(await media.remove()).toBe(true);
    await expect(media.fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  it("lists senders and sets a webhook", async () => {
    const { channelsSenders } = (await client()).messaging.v2;
    const [sender] = await channelsSenders.list({ channel: "whatsapp" });
    expect(sender).toMatchObject({ sid: world.own.SenderSid, status: "ONLINE", senderId: world.from });
    // the client passes its argument on as it is: the names are those of the wire
    const change: object = { webhook: { callback_url: "https://host.example/new", callback_method: "POST" } };
    const updated = await channelsSenders(world.own.SenderSid ?? "").update(change);
    expect(updated.webhook).toMatchObject({ callbackUrl: "https://host.example/new", callbackMethod: "POST" });
  });

  it("reads a template and its approval", async () => {
    const { contents } = (await client()).content.v1;
    const content = contents(world.own.ContentSid ?? "");
    expect((await content.fetch()).variables).toEqual({ 1: "you" });
    expect((await content.approvalFetch().fetch()).whatsapp).toMatchObject({ status: "approved" });
    expect(await contents.list()).toHaveLength(1);
  });
});
