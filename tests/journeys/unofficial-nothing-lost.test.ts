import { describe, expect, it } from "vitest";
import { type LinkedShop, linkedShop, logsIn, onSqlite, text } from "./world/linked-shop.ts";
import type { PhoneHost } from "./world/open-phones.ts";

/** The ids that `process` was handed, of these hosts together. */
const handed = (...hosts: readonly PhoneHost[]): readonly string[] =>
  hosts.flatMap(({ received }) => received.all.map(({ data }) => data.messageId));

/** Lets both write: from then on a message does not begin a session any more, and cannot be read twice. */
async function acquainted({ acme, ana, shop, one, isRead }: LinkedShop): Promise<void> {
  ana.send(shop, "Hello");
  const { data } = await one.received.next();
  await acme.send({ to: data.contact, content: text("Hello yourself") });
  await ana.received();
  await isRead();
}

describe("what bare Baileys loses", () => {
  it("of a queue whose connection is cut after half of it: all of it comes, once and in its order", async () => {
    const world = await linkedShop();
    const { web, shop, ana, one, client } = world;
    await one.wadesk.stop();
    await client.disconnected();
    const ids = Array.from({ length: 10 }, (_unused, index) => ana.send(shop, `message ${index}`));
    web.fault({ kind: "queue_cut", after: 5 });
    const two = world.host();
    await two.wadesk.start();
    await logsIn(world);
    await client.disconnected();
    // what WhatsApp holds for acknowledged is with the host
    expect([client.waiting, handed(two).length]).toEqual([5, 5]);
    await logsIn(world);
    await two.received.next(({ data }) => data.messageId === ids[9]);
    expect(handed(two)).toEqual(ids);
  });

  it("of a backlog of 250, and what comes live behind it: all of it comes, once and in its order", async () => {
    const world = await linkedShop(onSqlite);
    const { shop, ana, one, client, isRead } = world;
    await one.wadesk.stop();
    await client.disconnected();
    const ids = Array.from({ length: 250 }, (_unused, index) => ana.send(shop, `message ${index}`));
    const two = world.host();
    await two.wadesk.start();
    await logsIn(world);
    const live = ana.send(shop, "are you there?");
    for (const id of [...ids, live]) await two.received.next(({ data }) => data.messageId === id);
    await isRead();
    expect(handed(two)).toEqual([...ids, live]);
  });
});

describe("a message", () => {
  it.each([
    ["a reaction", { reactionMessage: { text: "x" } }],
    ["a vote", { pollUpdateMessage: {} }],
  ])("that is %s to none is through once it is read: it is asked for no more, and the next is read", async (_what, body) => {
    const world = await linkedShop();
    const { shop, ana, one, isRead } = world;
    await acquainted(world);
    const id = ana.send(shop, body);
    const next = ana.send(shop, "after");
    await one.received.next(({ data }) => data.messageId === next);
    await isRead();
    expect(ana.receipts.filter(({ type }) => type === "retry")).toEqual([]);
    expect(handed(one).filter((each) => each === id).length).toBeLessThanOrEqual(1);
    expect(one.lines.filter(({ level }) => level === "error")).toEqual([]);
  });

  it("that comes twice is one, is asked for no more, and the next is read", async () => {
    const world = await linkedShop();
    const { web, shop, ana, one, isRead } = world;
    await acquainted(world);
    web.fault({ kind: "stanza_doubled", operation: "message" });
    const ids = [ana.send(shop, "twice"), ana.send(shop, "once")];
    await one.received.next(({ data }) => data.messageId === ids[1]);
    await isRead();
    expect(handed(one).slice(1)).toEqual(ids);
    expect(ana.receipts.filter(({ type }) => type === "retry")).toEqual([]);
  });

  it("whose receipt WhatsApp never got is one, over a restart too", async () => {
    const world = await linkedShop(onSqlite);
    const { web, shop, ana, one, client, isRead, restart } = world;
    await acquainted(world);
    // the receipt goes nowhere, and the client with it
    web.fault({ kind: "client_ended", operation: "receipt", how: { streamError: 503 } });
    const id = ana.send(shop, "heard, and not acknowledged");
    await one.received.next(({ data }) => data.messageId === id);
    await client.disconnected();
    expect(client.waiting).toBe(1);
    const two = await restart();
    await isRead();
    const last = ana.send(shop, "after");
    await two.received.next(({ data }) => data.messageId === last);
    expect([handed(one).slice(1), handed(two)]).toEqual([[id], [last]]);
    expect(ana.receipts.filter(({ type }) => type === "retry")).toEqual([]);
  });

  it("of a group that comes twice with its sender's key is one, and the next is read by that key", async () => {
    const { web, shop, ana, one, isRead } = await linkedShop();
    const group = ana.createGroup({ subject: "Market", members: [shop] });
    await isRead();
    web.fault({ kind: "stanza_doubled", operation: "message" });
    const ids = [ana.send(group, "twice"), ana.send(group, "once")];
    await one.received.next(({ data }) => data.messageId === ids[1]);
    await isRead();
    expect(one.received.all.map(({ data }) => [data.messageId, data.groupId])).toEqual(ids.map((id) => [id, group.jid]));
    expect(ana.receipts.filter(({ type }) => type === "retry")).toEqual([]);
  });

  it("of a group that could not be read, though its sender's key could, is asked for again and comes once", async () => {
    const { shop, ana, one, isRead } = await linkedShop();
    const group = ana.createGroup({ subject: "Market", members: [shop] });
    await isRead();
    const id = ana.send(group, "at the second try", { flaw: "ciphertext" });
    expect((await one.received.next()).data).toMatchObject({ messageId: id, groupId: group.jid, content: { text: "at the second try" } });
    await isRead();
    expect(handed(one)).toEqual([id]);
  });

  it("that could not be read is asked for again, and comes once with what it says", async () => {
    const { shop, ana, one, isRead } = await linkedShop();
    const id = ana.send(shop, "at the second try", { flaw: "ciphertext" });
    expect((await one.received.next()).data).toMatchObject({ messageId: id, content: { text: "at the second try" } });
    await isRead();
    expect(handed(one)).toEqual([id]);
  });

  it("that WhatsApp gave without its content comes from the phone, once and under its id", async () => {
    // Baileys asks for what is young by the machine's clock
    const { shop, ana, one, isRead } = await linkedShop(undefined, { startAt: Date.now() });
    const id = ana.send(shop, "from the phone", { unavailable: true });
    expect((await one.received.next()).data).toMatchObject({ messageId: id, content: { text: "from the phone" } });
    await isRead();
    expect(handed(one)).toEqual([id]);
  });
});
