import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, it } from "vitest";
import { loadBaileys } from "../baileys.ts";
import { createWhatsAppWeb } from "../create-whatsapp-web.ts";
import { type KeyPair, keyPair } from "../keys/key-pair.ts";
import { isSignedBy, sign } from "../keys/signature.ts";
import type { Phone } from "../phones/phone.ts";
import { typed } from "../signal/signal-message.ts";
import type { RawClient } from "../testing/raw-client.ts";
import { linkedRawClient, rawCompanion } from "../testing/raw-companion.ts";
import type { WhatsAppWeb } from "../whatsapp-web.ts";
import { type BinaryNode, bytesOf, childOf, childrenOf, node, readUint, uint } from "../wire/node.ts";

let web: WhatsAppWeb;
let shop: Phone;
let client: RawClient;
let identity: KeyPair;
beforeEach(async () => {
  web = await createWhatsAppWeb();
  shop = web.addPhone({ number: "15550001111" });
  const companion = await rawCompanion(web.url);
  const scanned = shop.scan(companion.qr);
  await companion.answer();
  const { id } = await scanned;
  client = await companion.logIn(shop.number, id);
  identity = companion.identity;
  await client.next(({ tag }) => tag === "success");
});
afterEach(async () => {
  client.close();
  await web.close();
});

interface Keys {
  readonly identity: Uint8Array;
  readonly registrationId: number;
  readonly preKeys: readonly Uint8Array[];
  readonly signed: Uint8Array;
}

const server = "s.whatsapp.net";
const two = [keyPair().public, keyPair().public];

function signedKey(value: Uint8Array): BinaryNode {
  const signature = node("signature", {}, sign(identity, typed(value)));
  return node("skey", {}, [node("id", {}, uint(2, 3)), node("value", {}, value), signature]);
}

function preKey(value: Uint8Array, index: number): BinaryNode {
  return node("key", {}, [node("id", {}, uint(index + 1, 3)), node("value", {}, value)]);
}

/** Uploads keys as Baileys does, but for what is changed. */
function upload(id: string, changed: Partial<Keys> = {}): Promise<BinaryNode> {
  const keys = { identity: identity.public, registrationId: 7, preKeys: two, signed: keyPair().public, ...changed };
  return ask(client, id, "set", [
    node("registration", {}, uint(keys.registrationId, 4)),
    node("type", {}, Buffer.from([5])),
    node("identity", {}, keys.identity),
    node("list", {}, keys.preKeys.map(preKey)),
    signedKey(keys.signed),
  ]);
}

function ask(of: RawClient, id: string, type: string, content: readonly BinaryNode[]): Promise<BinaryNode> {
  of.send(node("iq", { id, to: server, type, xmlns: "encrypt" }, content));
  return of.next(({ attrs }) => attrs.id === id);
}

/** What somebody else gets who wants to write to the client. */
async function bundle(id: string, asking: RawClient): Promise<BinaryNode | undefined> {
  const answer = await ask(asking, id, "get", [node("key", {}, [node("user", { jid: `${shop.number}:1@${server}` })])]);
  return childOf(childOf(answer, "list"), "user");
}

it.each([
  ["of another identity", { identity: keyPair().public }],
  ["of another registration", { registrationId: 8 }],
  ["with one that is no key", { preKeys: [keyPair().public, Buffer.alloc(31, 1)] }],
  ["whose signed one is no key", { signed: Buffer.alloc(31, 1) }],
])("prekeys %s are refused, and none of them is kept", async (_what, changed) => {
  expect(await upload("up", changed)).toMatchObject({ attrs: { type: "error" }, content: [{ attrs: { code: "406" } }] });
  expect(shop.clients[0]?.preKeys).toBe(0);
});

it("prekeys that are uploaded again take the place of those with their ids", async () => {
  expect(await upload("once")).toMatchObject({ attrs: { type: "result" } });
  expect(await upload("twice")).toMatchObject({ attrs: { type: "result" } });
  expect(shop.clients[0]?.preKeys).toBe(2);
});

it("each one-time prekey is given away once; without any the signed one has to do, the newest", async () => {
  await upload("up");
  const fresh = keyPair().public;
  expect(await ask(client, "turn", "set", [node("rotate", {}, [signedKey(fresh)])])).toMatchObject({ attrs: { type: "result" } });
  const asking = await linkedRawClient(web.url, web.addPhone({ number: "15550002222" }));
  const bundles = [await bundle("first", asking), await bundle("second", asking), await bundle("third", asking)];
  expect(bundles.map((each) => bytesOf(childOf(childOf(each, "key"), "value")))).toEqual([...two, Buffer.alloc(0)]);
  expect(bundles.map((each) => bytesOf(childOf(childOf(each, "skey"), "value")))).toEqual([fresh, fresh, fresh]);
  asking.close();
});

it("prekeys are taken in whatever order a client names what belongs to them", async () => {
  const parts = [
    node("identity", {}, identity.public),
    node("registration", {}, uint(7, 4)),
    node("type", {}, Buffer.from([5])),
    node("list", {}, two.map(preKey)),
    signedKey(keyPair().public),
  ];
  for (const content of [parts, [...parts].reverse()]) {
    expect(await ask(client, `up-${content[0]?.tag}`, "set", content)).toMatchObject({ attrs: { type: "result" } });
  }
  expect(shop.clients[0]?.preKeys).toBe(2);
});

it("the digest's hash is SHA-1 over the identity, the signed prekey with its signature and the prekeys in its order", async () => {
  const signed = keyPair().public;
  const upload = [node("registration", {}, uint(7, 4)), node("identity", {}, identity.public), node("list", {}, two.map(preKey))];
  const skey = signedKey(signed);
  await ask(client, "up", "set", [...upload, skey]);
  const digest = childOf(await ask(client, "digest", "get", [node("digest")]), "digest");
  const hash = createHash("sha1");
  for (const part of [identity.public, signed, bytesOf(childOf(skey, "signature")), ...two]) hash.update(part);
  expect(bytesOf(childOf(digest, "hash"))).toEqual(hash.digest());
  expect(childrenOf(childOf(digest, "list"), "id").map((id) => readUint(bytesOf(id)))).toEqual([1, 2]);
});

it("the keys of named devices are fetched again, each device under its number", async () => {
  const ana = web.addPhone({ number: "15550002222", companions: 1 });
  const device = (id: number): BinaryNode => node("device", { id }, [node("registration", {}, uint(7, 4))]);
  const users = [node("user", { jid: ana.lid }, [device(0), device(1), device(9)]), node("user", { jid: "1@lid" }, [device(0)])];
  const list = childOf(await ask(client, "again", "get", [node("key_fetch", {}, users)]), "list");
  const [known, unknown] = childrenOf(list, "user");
  expect(childrenOf(known, "device").map(({ attrs }) => attrs.id)).toEqual(["0", "1"]);
  for (const each of childrenOf(known, "device")) expect(bytesOf(childOf(each, "identity"))).toHaveLength(32);
  expect(childOf(unknown, "error")?.attrs.code).toBe("404");
});

it("a companion's keys come with what its phone and it have signed, a phone's without", async () => {
  const { proto } = await loadBaileys();
  await upload("up");
  const ana = web.addPhone({ number: "15550002222", companions: 1 });
  const fetched = async (jid: string) => {
    const answer = await ask(client, jid, "get", [node("key", {}, [node("user", { jid })])]);
    return childOf(childOf(answer, "list"), "user");
  };
  expect(childOf(await fetched(ana.jid), "device-identity")).toBeUndefined();
  for (const jid of [`${ana.number}:1@${server}`, `${shop.number}:1@${server}`]) {
    const user = await fetched(jid);
    const { details, accountSignatureKey, accountSignature, deviceSignature } = proto.ADVSignedDeviceIdentity.decode(
      bytesOf(childOf(user, "device-identity")),
    );
    const [device, account] = [bytesOf(childOf(user, "identity")), Buffer.from(accountSignatureKey ?? [])];
    const message = [Buffer.from(details ?? []), device];
    expect(isSignedBy(account, Buffer.concat([Buffer.from([6, 0]), ...message]), accountSignature ?? Buffer.alloc(0))).toBe(true);
    expect(isSignedBy(device, Buffer.concat([Buffer.from([6, 1]), ...message, account]), deviceSignature ?? Buffer.alloc(0))).toBe(true);
  }
});

it("a client is told when the fifth last of its prekeys is taken, and not before", async () => {
  const six = Array.from({ length: 6 }, () => keyPair().public);
  await upload("up", { preKeys: six });
  const asking = await linkedRawClient(web.url, web.addPhone({ number: "15550002222" }));
  client.send(node("iq", { id: "on", to: server, type: "set", xmlns: "passive" }, [node("active")]));
  // the own phone takes the sixth last, to share its keys
  await client.next(({ attrs }) => attrs.category === "peer");
  const told = () => client.received.filter(({ tag, attrs }) => tag === "notification" && attrs.type === "encrypt");
  expect(told()).toEqual([]);
  await bundle("fifth", asking);
  const notice = await client.next(({ tag, attrs }) => tag === "notification" && attrs.type === "encrypt");
  expect(childOf(notice, "count")?.attrs.value).toBe("4");
  await bundle("fourth", asking);
  expect(told()).toHaveLength(1);
  asking.close();
});
