import { afterEach, beforeEach, expect, it } from "vitest";
import { createWhatsAppWeb } from "../create-whatsapp-web.ts";
import { type KeyPair, keyPair } from "../keys/key-pair.ts";
import { sign } from "../keys/signature.ts";
import type { Phone } from "../phones/phone.ts";
import { typed } from "../signal/signal-message.ts";
import type { RawClient } from "../testing/raw-client.ts";
import { linkedRawClient, rawCompanion } from "../testing/raw-companion.ts";
import type { WhatsAppWeb } from "../whatsapp-web.ts";
import { type BinaryNode, bytesOf, childOf, node, uint } from "../wire/node.ts";

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
