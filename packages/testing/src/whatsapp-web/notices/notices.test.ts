import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { manualClock } from "../../manual-clock.ts";
import { createWhatsAppWeb } from "../create-whatsapp-web.ts";
import type { Phone } from "../phones/phone.ts";
import type { RawClient } from "../testing/raw-client.ts";
import { activeRawClient, everythingIsRead } from "../testing/raw-companion.ts";
import type { WhatsAppWeb } from "../whatsapp-web.ts";
import { type BinaryNode, childOf, node, textOf } from "../wire/node.ts";

const DAY_MS = 86_400_000;
let time: ReturnType<typeof manualClock>;
let web: WhatsAppWeb;
let shop: Phone;
let ana: Phone;
let client: RawClient;
beforeEach(async () => {
  time = manualClock();
  web = await createWhatsAppWeb({ clock: time.clock });
  shop = web.addPhone({ number: "15550001111" });
  ana = web.addPhone({ number: "15550002222", name: "Ana" });
  client = await activeRawClient(web.url, shop);
});
afterEach(async () => {
  client.close();
  await web.close();
});

const notice = (type: string, child?: string) =>
  client.next(
    (stanza) =>
      stanza.tag === "notification" && stanza.attrs.type === type && (child === undefined || childOf(stanza, child) !== undefined),
  );
const notices = () => client.received.filter(({ tag }) => tag === "notification");
let asked = 0;
const ask = async (xmlns: string, type: string, children: readonly BinaryNode[]) => {
  asked += 1;
  const id = `ask-${asked}`;
  client.send(node("iq", { id, to: "s.whatsapp.net", type, xmlns }, children));
  return client.next(({ attrs }) => attrs.id === id);
};

describe("contacts are told, and nobody else is,", () => {
  it("of a device that somebody adds or removes", async () => {
    ana.addCompanion();
    await everythingIsRead(client);
    expect(notices()).toEqual([]);
    ana.send(shop, "now we know each other");
    const id = ana.addCompanion();
    expect(childOf(childOf(await notice("devices"), "add"), "device")?.attrs).toEqual({
      jid: ana.lid.replace("@", `:${id}@`),
      "key-index": `${id}`,
    });
    ana.removeCompanion(id);
    expect(childOf(await notice("devices", "remove"), "remove")?.attrs.device_hash).toMatch(/^2:/);
    expect(() => ana.removeCompanion(id)).toThrow(`no companion ${id}`);
  });

  it("of a new identity key, with which the phone begins new sessions", async () => {
    ana.send(shop, "now we know each other");
    ana.renewIdentity();
    expect((await notice("encrypt", "identity")).attrs.from).toBe(ana.lid);
    const next = ana.send(shop, "it is me, again");
    expect(childOf(await client.next(({ attrs }) => attrs.id === next), "enc")?.attrs.type).toBe("pkmsg");
  });

  it("of a user name that somebody takes and gives up", async () => {
    ana.send(shop, "now we know each other");
    ana.setUsername("ana.shop");
    const told = childOf(await notice("mex"), "update");
    expect(told?.attrs.op_name).toBe("UsernameSetNotification");
    expect(JSON.parse(textOf(told)).data.xwa2_notify_username_on_change).toEqual({ username: "ana.shop", lid: ana.lid });
    ana.setUsername(undefined);
    await everythingIsRead(client);
    expect(notices().map((each) => childOf(each, "update")?.attrs.op_name)).toEqual([
      "UsernameSetNotification",
      "UsernameDeleteNotification",
    ]);
  });
});

describe("an account's own clients are told", () => {
  it("how long messages stay, of what the phone has changed, and what they know no longer", async () => {
    shop.setDisappearingMode(86_400);
    expect(childOf(await notice("account_sync", "disappearing_mode"))?.attrs.duration).toBe("86400");
    shop.sync("privacy");
    await notice("account_sync", "privacy");
    shop.markDirty("groups");
    expect(childOf(await client.next((stanza) => childOf(stanza, "dirty") !== undefined))?.attrs.type).toBe("groups");
  });

  it("how many prekeys are left, when asked to", async () => {
    shop.clients[0]?.announcePreKeys();
    expect(childOf(await notice("encrypt", "count"))?.attrs.value).toBe("0");
  });

  it("and may set for how long messages stay, in seconds", async () => {
    expect(await ask("disappearing_mode", "set", [node("disappearing_mode", { duration: 604_800 })])).toMatchObject({
      attrs: { type: "result" },
    });
    expect(await ask("disappearing_mode", "set", [node("disappearing_mode", { duration: "ever" })])).toMatchObject({
      attrs: { type: "error" },
    });
    const query = [node("query", {}, [node("disappearing_mode")]), node("list", {}, [node("user", { jid: shop.lid })])];
    const answer = await ask("usync", "get", [node("usync", { sid: 1 }, query)]);
    expect(childOf(childOf(childOf(childOf(answer, "usync"), "list"), "user"), "disappearing_mode")?.attrs.duration).toBe("604800");
  });
});

describe("a phone that is off", () => {
  it("for less than fourteen days keeps its clients, and tells when it was on last", async () => {
    const off = time.clock.now();
    shop.goOffline();
    await time.advance(13 * DAY_MS);
    expect([shop.lastActive(), shop.clients.length]).toEqual([off, 1]);
    shop.goOnline();
    await time.advance(14 * DAY_MS);
    expect([shop.lastActive(), shop.clients.length]).toEqual([time.clock.now(), 1]);
  });

  it("for fourteen days loses them", async () => {
    shop.goOffline();
    await time.advance(14 * DAY_MS);
    expect(await client.next(({ tag }) => tag === "stream:error")).toMatchObject({ attrs: { code: "401" } });
    expect(shop.clients).toEqual([]);
  });
});

describe("a message without its content", () => {
  it("comes as unavailable, with its type where it has one", async () => {
    const ids = [ana.send(shop, "?", { unavailable: true }), ana.send(shop, "??", { unavailable: "view_once_unavailable_fanout" })];
    const types = await Promise.all(ids.map(async (id) => childOf(await client.next(({ attrs }) => attrs.id === id))));
    expect(types).toMatchObject([
      { tag: "unavailable", attrs: {} },
      { tag: "unavailable", attrs: { type: "view_once_unavailable_fanout" } },
    ]);
  });
});

describe("a call", () => {
  it("is heard with what it is, and when it ends", async () => {
    const call = ana.call(shop, { isVideo: true });
    const offer = childOf(await client.next(({ tag }) => tag === "call"), "offer");
    expect(offer?.attrs).toEqual({ "call-id": call.id, "call-creator": ana.lid, caller_pn: ana.jid });
    expect(childOf(offer, "video")).toBeDefined();
    call.end("timeout");
    expect(childOf(await client.next((stanza) => childOf(stanza, "terminate") !== undefined))?.attrs.reason).toBe("timeout");
    expect(call.state).toBe("ended");
  });

  it("is rejected by who got it; a signal that no client sends is reported", async () => {
    const call = ana.call(shop);
    const reject = (id: string, creator: string) =>
      client.send(node("call", { id: `no-${id}`, to: ana.lid }, [node("reject", { "call-id": id, "call-creator": creator, count: 0 })]));
    reject(call.id, ana.lid);
    await call.rejected();
    expect(await client.next(({ tag, attrs }) => tag === "ack" && attrs.class === "call")).toMatchObject({ attrs: { type: "reject" } });
    reject("NONE", ana.lid);
    reject(call.id, shop.lid);
    await everythingIsRead(client);
    expect(web.takeComplaints()).toHaveLength(2);
  });
});

it("an ack says more where it is told to: another hash of devices, a LID to be asked for again", async () => {
  web.fault({ kind: "ack_marked", attributes: { phash: "2:abcdefgh", refresh_lid: "true" } });
  const enc = node("enc", { v: "2", type: "msg" }, Buffer.alloc(40));
  for (const id of ["ONE", "TWO"])
    client.send(node("message", { id, to: ana.lid, type: "text" }, [node("participants", {}, [node("to", { jid: ana.lid }, [enc])])]));
  const ack = (id: string) => client.next(({ tag, attrs }) => tag === "ack" && attrs.id === id);
  expect((await ack("ONE")).attrs).toMatchObject({ phash: "2:abcdefgh", refresh_lid: "true" });
  expect((await ack("TWO")).attrs).not.toHaveProperty("phash");
});
