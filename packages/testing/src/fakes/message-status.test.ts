import { describe, expect, it } from "vitest";
import { openTwilio } from "../testing/open-twilio.ts";
import { openWorld } from "../testing/open-world.ts";

const TEXT = { type: "text", text: { body: "Hello" } };
const STATUS = "https://host.example/status";

describe("the status of a message of Meta's, set by hand", () => {
  const heardOf = (heard: readonly { readonly body: string }[]) =>
    heard.flatMap(({ body }) => JSON.parse(body).entry[0].changes[0].value.statuses ?? []);

  async function open() {
    const world = await openWorld();
    world.ana.send(world.numberId, TEXT);
    world.ana.change({ reachable: false });
    const { body } = await world.send(TEXT);
    await world.meta.settled();
    return { ...world, id: body.messages[0].id as string };
  }

  it("is told by a webhook, with the price of a delivery", async () => {
    const { meta, id, heard } = await open();
    expect(meta.sent.at(-1)?.status).toBe("sent");
    meta.setMessageStatus(id, "delivered");
    meta.setMessageStatus(id, "read");
    await meta.settled();
    const told = heardOf(heard);
    expect(told.map(({ status }) => status)).toEqual(["sent", "delivered", "read"]);
    expect(told[1].pricing).toMatchObject({ category: "service" });
    expect(meta.sent.at(-1)?.status).toBe("read");
  });

  it("is a failure with its code, after which nothing follows", async () => {
    const { meta, id, heard } = await open();
    meta.setMessageStatus(id, "failed");
    await meta.settled();
    expect(heardOf(heard).at(-1)).toMatchObject({ status: "failed", errors: [{ code: 131026 }] });
    expect(() => meta.setMessageStatus(id, "delivered")).toThrow("failed already");
  });

  it("never goes back, and is none of a message that is not there", async () => {
    const { meta, id } = await open();
    meta.setMessageStatus(id, "read");
    expect(() => meta.setMessageStatus(id, "delivered")).toThrow("read already");
    expect(() => meta.setMessageStatus(id, "failed")).toThrow("read already");
    expect(() => meta.setMessageStatus("wamid.none", "read")).toThrow("no message wamid.none");
  });

  it("is not taken back by the ladder that it has overtaken", async () => {
    const world = await openWorld({ pace: { sentMs: 0, deliveredMs: 1000, readMs: 1000, replyMs: 0 } });
    world.ana.send(world.numberId, TEXT);
    const { body } = await world.send(TEXT);
    await world.meta.settled();
    world.meta.setMessageStatus(body.messages[0].id, "read");
    await world.time.advance(5000);
    expect(heardOf(world.heard).map(({ status }) => status)).toEqual(["sent", "read"]);
  });
});

describe("the status of a message of Twilio's, set by hand", () => {
  async function open() {
    const world = openTwilio();
    world.ana.send(world.sender.number, "Oi");
    world.ana.change({ reachable: false });
    const { body } = await world.send({ Body: "Olá", StatusCallback: STATUS });
    await world.twilio.settled();
    return { ...world, sid: body.sid as string };
  }

  it("is told by a callback", async () => {
    const { twilio, sid, heard } = await open();
    twilio.setMessageStatus(sid, "delivered");
    twilio.setMessageStatus(sid, "read");
    await twilio.settled();
    expect(heard.filter(({ url }) => url === STATUS).map(({ form }) => form.MessageStatus)).toEqual([
      "queued",
      "sent",
      "delivered",
      "read",
    ]);
  });

  it("is a failure with its code, never goes back, and is none of a message that is not there", async () => {
    const { twilio, sid, heard } = await open();
    twilio.setMessageStatus(sid, "undelivered");
    await twilio.settled();
    expect(heard.at(-1)?.form).toMatchObject({ MessageStatus: "undelivered", ErrorCode: "63024" });
    expect(() => twilio.setMessageStatus(sid, "delivered")).toThrow("undelivered already");
    expect(() => twilio.setMessageStatus("SM0", "read")).toThrow("no message SM0");
  });
});
