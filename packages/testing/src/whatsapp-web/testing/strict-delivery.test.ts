import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadBaileys } from "../baileys.ts";
import { createWhatsAppWeb } from "../create-whatsapp-web.ts";
import { encodeContent } from "../delivery/message-content.ts";
import { type KeyPair, keyPair } from "../keys/key-pair.ts";
import type { Phone } from "../phones/phone.ts";
import { readKey } from "../requests/prekeys.ts";
import { signalDevice } from "../signal/signal-device.ts";
import type { WhatsAppWeb } from "../whatsapp-web.ts";
import { type BinaryNode, bytesOf, childOf, node, readUint } from "../wire/node.ts";
import type { RawClient } from "./raw-client.ts";
import { type RawCompanion, rawCompanion } from "./raw-companion.ts";

let web: WhatsAppWeb;
let shop: Phone;
let ana: Phone;
let companion: RawCompanion;
let client: RawClient;
beforeEach(async () => {
  web = await createWhatsAppWeb();
  shop = web.addPhone({ number: "15550001111" });
  ana = web.addPhone({ number: "15550002222" });
  companion = await rawCompanion(web.url);
  await Promise.all([shop.scan(companion.qr), companion.answer()]);
  client = await companion.logIn(shop.number, 1);
  await client.next(({ tag }) => tag === "success");
  client.send(node("iq", { id: "on", to: server, type: "set", xmlns: "passive" }, [node("active")]));
  await client.next((stanza) => childOf(stanza, "offline") !== undefined);
});
afterEach(async () => {
  client.close();
  await web.close();
});

const server = "s.whatsapp.net";

/** Asks for something that is answered behind everything that was sent before. */
async function everythingIsRead(): Promise<void> {
  const id = `ping-${client.received.length}`;
  client.send(node("iq", { id, to: server, type: "get", xmlns: "w:p" }, [node("ping")]));
  await client.next(({ attrs }) => attrs.id === id);
}

async function bundleOf(jid: string) {
  const id = `keys-of-${jid}`;
  client.send(node("iq", { id, to: server, type: "get", xmlns: "encrypt" }, [node("key", {}, [node("user", { jid })])]));
  const user = childOf(childOf(await client.next(({ attrs }) => attrs.id === id), "list"), "user");
  return {
    registrationId: readUint(bytesOf(childOf(user, "registration"))),
    identityKey: bytesOf(childOf(user, "identity")),
    signedPreKey: { ...readKey(childOf(user, "skey")), signature: bytesOf(childOf(childOf(user, "skey"), "signature")) },
    preKey: readKey(childOf(user, "key")),
  };
}

/** A ciphertext that begins a session, of the client or of whoever else has the key. */
async function begun(jid: string, text: string, { identity = companion.identity, padding }: { identity?: KeyPair; padding?: Buffer } = {}) {
  const bundle = await bundleOf(jid);
  const plain = encodeContent(await loadBaileys(), { conversation: text });
  const padded = padding === undefined ? plain : Buffer.concat([plain.subarray(0, plain.length - (plain.at(-1) ?? 0)), padding]);
  const { type, ciphertext } = signalDevice({ registrationId: 7, identity }).encrypt(jid, () => bundle, padded);
  return node("enc", { v: "2", type }, ciphertext);
}

const vouched = (bytes: Uint8Array = companion.deviceIdentity()): BinaryNode => node("device-identity", {}, bytes);
const to = (jid: string, ...content: BinaryNode[]): BinaryNode => node("to", { jid }, content);
const message = (id: string, targets: readonly BinaryNode[], ...others: BinaryNode[]): BinaryNode =>
  node("message", { id, to: ana.jid, type: "text" }, [node("participants", {}, targets), ...others]);
const asksAgain = (id: string) => client.next(({ tag, attrs }) => tag === "receipt" && attrs.id === id && attrs.type === "retry");

describe("a message that begins a session", () => {
  it("is read with the identity that the device was linked with", async () => {
    client.send(message("GOOD", [to(ana.jid, await begun(ana.jid, "hello"))], vouched()));
    expect(await ana.received()).toMatchObject({ id: "GOOD", content: { conversation: "hello" } });
  });

  it("with the identity key of a stranger is not read, and asked for again", async () => {
    client.send(message("FORGED", [to(ana.jid, await begun(ana.jid, "gold", { identity: keyPair() }))], vouched()));
    await asksAgain("FORGED");
    expect(ana.messages).toEqual([]);
    expect(ana.unreadable).toMatchObject([{ id: "FORGED", reason: expect.stringContaining("another identity key") }]);
  });

  it("without the device's identity is not read, and asked for again", async () => {
    client.send(message("BARE", [to(ana.jid, await begun(ana.jid, "hello"))]));
    await asksAgain("BARE");
    expect(ana.messages).toEqual([]);
    expect(ana.unreadable).toMatchObject([{ reason: expect.stringContaining("does not carry the device's identity") }]);
  });

  it("with an identity that the phone has not signed is not read", async () => {
    const { proto } = await loadBaileys();
    const { accountSignature } = proto.ADVSignedDeviceIdentity.decode(companion.deviceIdentity());
    const forged = Buffer.from(companion.deviceIdentity());
    const at = forged.indexOf(Buffer.from(accountSignature ?? []));
    forged[at + 1] = (forged[at + 1] ?? 0) ^ 1;
    client.send(message("UNSIGNED", [to(ana.jid, await begun(ana.jid, "hello"))], vouched(forged)));
    await asksAgain("UNSIGNED");
    expect(ana.unreadable).toMatchObject([{ reason: expect.stringContaining("the phone's signature") }]);
  });

  it.each([
    ["states more bytes than there are", Buffer.from([255])],
    ["states none", Buffer.from([0])],
    ["has bytes that state another number", Buffer.from([1, 2, 3])],
    ["has more than 16 bytes", Buffer.alloc(17, 17)],
  ])("whose padding %s is not read", async (_what, padding) => {
    client.send(message("PADDED", [to(ana.jid, await begun(ana.jid, "hello", { padding }))], vouched()));
    await asksAgain("PADDED");
    expect(ana.messages).toEqual([]);
    expect(ana.unreadable).toMatchObject([{ reason: "the padding of a message is wrong" }]);
  });
});

describe("a message that no client of WhatsApp Web sends", () => {
  it("naming a device of somebody else is not delivered to anybody, and reported", async () => {
    const eve = web.addPhone({ number: "15550003333" });
    const targets = [to(ana.jid, await begun(ana.jid, "hello")), to(eve.jid, await begun(eve.jid, "hello"))];
    client.send(message("ASTRAY", targets, vouched()));
    await everythingIsRead();
    expect([ana.messages, eve.messages, ana.unreadable, eve.unreadable]).toEqual([[], [], [], []]);
    expect(client.received.filter(({ attrs }) => attrs.id === "ASTRAY")).toEqual([]);
    expect(web.takeComplaints()).toEqual([expect.stringContaining(`<to jid="${eve.jid}">`)]);
  });

  const enc = node("enc", { v: "2", type: "msg" }, Buffer.alloc(40));
  const whole = { id: "ODD", to: "15550002222@s.whatsapp.net", type: "text" };
  it.each([
    ["without an id", { ...whole, id: undefined }, [enc]],
    ["to nobody", { ...whole, to: undefined }, [enc]],
    ["to what is no address", { ...whole, to: "ana" }, [enc]],
    ["to a kind of address that is none", { ...whole, to: "15550002222@example" }, [enc]],
    ["of no type", { ...whole, type: undefined }, [enc]],
    ["of an unknown type", { ...whole, type: "smoke" }, [enc]],
    ["without a body", whole, []],
    ["with a list of nobody", whole, [node("participants")]],
    ["with a recipient who gets nothing", whole, [node("participants", {}, [to("15550002222@s.whatsapp.net")])]],
  ])("%s is reported and not acknowledged", async (_what, attributes, content) => {
    client.send(node("message", attributes, content));
    await everythingIsRead();
    expect(web.takeComplaints()).toEqual([expect.stringMatching(/^a message .*:\n {2}<message/)]);
    expect(client.received.filter(({ tag }) => tag === "ack")).toEqual([]);
    expect([ana.messages, ana.unreadable]).toEqual([[], []]);
  });

  it("again for a device of a group that is not there any more goes to no other", async () => {
    const group = shop.createGroup({ subject: "Shop", members: [ana] });
    client.send(node("message", { id: "GONE", to: group.jid, participant: "15550002222:9@s.whatsapp.net", type: "text" }, [enc]));
    await everythingIsRead();
    expect([ana.messages, ana.unreadable, shop.unreadable]).toEqual([[], [], []]);
  });
});

describe("a receipt", () => {
  it.each([
    ["of an unknown type", { id: "R", to: "15550002222@s.whatsapp.net", type: "smoke" }],
    ["for a group that does not exist", { id: "R", to: "120363999999999999@g.us", participant: "15550002222@s.whatsapp.net" }],
    ["to what is no address", { id: "R", to: "ana" }],
    ["without an id", { to: "15550002222@s.whatsapp.net" }],
  ])("%s is reported and reaches nobody", async (_what, attributes) => {
    client.send(node("receipt", attributes));
    await everythingIsRead();
    expect(web.takeComplaints()).toEqual([expect.stringMatching(/^a receipt .*:\n {2}<receipt/)]);
    expect(client.received.filter(({ tag }) => tag === "ack")).toEqual([]);
    expect(ana.receipts).toEqual([]);
  });

  it("reaches who sent the messages, for those that were sent alone", async () => {
    const id = ana.send(shop, "hello");
    await client.next(({ tag }) => tag === "message");
    const list = node("list", {}, [node("item", { id })]);
    client.send(node("receipt", { id: "NEVER", to: ana.lid, type: "read" }, [list]));
    client.send(node("receipt", { id: "NEVER", to: ana.lid, type: "read" }));
    await everythingIsRead();
    expect(ana.receipts).toMatchObject([{ ids: [id], type: "read" }]);
  });

  it("that asks for a message again does not settle it", async () => {
    const before = shop.clients[0]?.waiting ?? 0;
    const id = ana.send(shop, "hello");
    await client.next(({ tag }) => tag === "message");
    const retry = node("retry", { count: 1, id, t: 1, v: "1" });
    client.send(node("receipt", { id, to: ana.lid, type: "retry" }, [retry]));
    await everythingIsRead();
    // as it was, and as it was sent again
    expect(shop.clients[0]?.waiting).toBe(before + 2);
    client.send(node("receipt", { id, to: ana.lid }));
    await everythingIsRead();
    expect(shop.clients[0]?.waiting).toBe(before + 1);
  });
});
