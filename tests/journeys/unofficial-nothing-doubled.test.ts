import { describe, expect, it } from "vitest";
import { linkedShop, logsIn, onSqlite, text, wordsAt } from "./world/linked-shop.ts";

const ANA = "+15550002222";

describe("a message that goes out", () => {
  it("whose connection is cut before its bytes arrive is sent again by the next, and comes once", async () => {
    const world = await linkedShop();
    const { web, acme, ana, client } = world;
    await acme.send({ to: ANA, content: text("before") });
    web.fault({ kind: "client_ended", operation: "message", how: { streamError: 503 } });
    const sending = acme.send({ to: ANA, content: text("half sent") });
    await client.disconnected();
    await logsIn(world);
    const { providerId } = await sending;
    expect((await ana.received(({ id }) => id === providerId)).content.extendedTextMessage?.text).toBe("half sent");
    expect(wordsAt(ana)).toEqual(["before", "half sent"]);
  });

  it("that arrived without WhatsApp's word goes again under the same id and the same ciphertext, which the phone has read", async () => {
    const world = await linkedShop();
    const { web, acme, ana, client, one } = world;
    // a session that is answered in is one whose ciphertexts come once
    await acme.send({ to: ANA, content: text("before") });
    await ana.received();
    ana.send(world.shop, "go on");
    await one.received.next();
    ana.goOffline();
    const fault = web.fault({ kind: "message_unacknowledged" });
    const sending = acme.send({ to: ANA, content: text("heard or not?") });
    await web.until("the message", () => (fault.spent ? true : undefined));
    client.drop();
    await client.disconnected();
    await logsIn(world);
    const { providerId } = await sending;
    ana.goOnline();
    await web.until("a second copy", () => (ana.unreadable.length > 0 ? true : undefined));
    expect(ana.unreadable).toEqual([expect.objectContaining({ id: providerId, reason: expect.stringContaining("was read before") })]);
    expect(wordsAt(ana)).toEqual(["before", "heard or not?"]);
  });

  it("that a stopped host never heard of is unknown to its sender, is sent again by the next host, and is then known as sent", async () => {
    const world = await linkedShop(onSqlite);
    const { web, time, acme, ana, one, restart } = world;
    ana.goOffline();
    const fault = web.fault({ kind: "message_unacknowledged" });
    const sending = acme.send({ to: ANA, content: text("over a restart"), idempotencyKey: "once" });
    const unknown = expect(sending).rejects.toMatchObject({ code: "outcome_unknown" });
    await web.until("the message", () => (fault.spent ? true : undefined));
    const stopping = one.wadesk.stop({ withinMs: 1000 });
    await time.advance(1000);
    await unknown;
    await stopping;
    const two = await restart();
    const { data } = await two.statuses.next(({ data: { status } }) => status === "sent");
    ana.goOnline();
    await ana.received();
    expect(wordsAt(ana)).toEqual(["over a restart"]);
    const again = await two.wadesk.workspace("acme").send({ to: ANA, content: text("over a restart"), idempotencyKey: "once" });
    expect(again.providerId).toBe(data.messageId);
  });

  it("waits for no other's acknowledgement, and a burst of them leaves the event loop its turns", async () => {
    const { web, acme, ana } = await linkedShop();
    await acme.send({ to: ANA, content: text("first contact") });
    ana.goOffline();
    web.fault({ kind: "message_unacknowledged" });
    const unheard = acme.send({ to: ANA, content: text("unheard") });
    unheard.catch(() => {});
    await acme.send({ to: ANA, content: text("heard") });
    ana.goOnline();
    await unheard;
    let turns = 0;
    const spin = (): void => {
      turns += 1;
      timer = setImmediate(spin);
    };
    let timer = setImmediate(spin);
    await Promise.all(Array.from({ length: 50 }, (_unused, index) => acme.send({ to: ANA, content: text(`burst ${index}`) })));
    clearImmediate(timer);
    expect(turns).toBeGreaterThanOrEqual(50);
    await web.until("all of them", () => (ana.messages.length === 53 ? true : undefined));
    // those that are sent at once have no order among them
    expect(new Set(wordsAt(ana).slice(3))).toEqual(new Set(Array.from({ length: 50 }, (_unused, index) => `burst ${index}`)));
  });
});

describe("a message that is asked for again", () => {
  it("comes as it was, by its id alone and after a restart of the host", async () => {
    const world = await linkedShop(onSqlite);
    const { web, acme, ana, restart } = world;
    ana.goOffline();
    web.fault({ kind: "message_changed" });
    const { providerId } = await acme.send({ to: ANA, content: text("lost on the way") });
    await restart();
    ana.goOnline();
    await ana.received(({ id }) => id === providerId);
    expect([wordsAt(ana), ana.unreadable.length]).toEqual([["lost on the way"], 1]);
  });
});

describe("a message that WhatsApp refuses", () => {
  it("since devices have changed is sent again to those that there are, once", async () => {
    const { web, acme, ana } = await linkedShop();
    web.fault({ kind: "message_refused", code: 479 });
    await acme.send({ to: ANA, content: text("to your devices") });
    await ana.received();
    expect(wordsAt(ana)).toEqual(["to your devices"]);
    web.fault({ kind: "message_refused", code: 479, times: 2 });
    await expect(acme.send({ to: ANA, content: text("to no devices") })).rejects.toMatchObject({
      code: "provider_refused",
      vendor: { code: 479 },
    });
  });

  it("for writing to somebody new is not tried again", async () => {
    const { web, acme, ana } = await linkedShop();
    web.fault({ kind: "message_refused", code: 463 });
    await expect(acme.send({ to: ANA, content: text("Hello stranger") })).rejects.toMatchObject({ code: "spam_limited" });
    await acme.send({ to: ANA, content: text("Hello again") });
    await ana.received();
    expect(wordsAt(ana)).toEqual(["Hello again"]);
  });
});
