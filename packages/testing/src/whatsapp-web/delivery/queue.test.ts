import { afterEach, beforeEach, expect, it } from "vitest";
import { createWhatsAppWeb } from "../create-whatsapp-web.ts";
import type { Phone } from "../phones/phone.ts";
import type { RawClient } from "../testing/raw-client.ts";
import { everythingIsRead, rawCompanion } from "../testing/raw-companion.ts";
import type { WhatsAppWeb } from "../whatsapp-web.ts";
import { childOf, node } from "../wire/node.ts";

let web: WhatsAppWeb;
let shop: Phone;
let ana: Phone;
let client: RawClient;
let ids: readonly string[];
beforeEach(async () => {
  web = await createWhatsAppWeb();
  shop = web.addPhone({ number: "15550001111" });
  ana = web.addPhone({ number: "15550002222" });
  const companion = await rawCompanion(web.url);
  await Promise.all([shop.scan(companion.qr), companion.answer()]);
  await companion.client.ended();
  ids = Array.from({ length: 5 }, (_unused, index) => ana.send(shop, `message ${index}`));
  client = await companion.logIn(shop.number, 1);
  await client.next(({ tag }) => tag === "success");
  client.send(node("iq", { id: "on", to: "s.whatsapp.net", type: "set", xmlns: "passive" }, [node("active")]));
  await client.next((stanza) => childOf(stanza, "offline_preview") !== undefined);
});
afterEach(async () => {
  client.close();
  await web.close();
});

const asksFor = async (count: number | string | undefined): Promise<void> => {
  client.send(node("ib", {}, [node("offline_batch", { count })]));
  await everythingIsRead(client);
};
/** The ids of Ana's messages that have come. */
const come = () => client.received.flatMap(({ tag, attrs: { id = "" } }) => (tag === "message" && ids.includes(id) ? [id] : []));
const isThrough = () => client.received.some((stanza) => childOf(stanza, "offline") !== undefined);

it("a backlog is given out in the batches that are asked for, and is through with the last", async () => {
  await asksFor(2);
  expect([come(), isThrough()]).toEqual([ids.slice(0, 2), false]);
  await asksFor(2);
  expect([come(), isThrough()]).toEqual([ids.slice(0, 4), false]);
  await asksFor(2);
  expect([come(), isThrough()]).toEqual([ids, true]);
  expect(childOf(client.received.find((stanza) => childOf(stanza, "offline") !== undefined))?.attrs.count).toBe("5");
});

it("what comes meanwhile waits behind it", async () => {
  await asksFor(4);
  const late = ana.send(shop, "late");
  await everythingIsRead(client);
  expect(client.received.some(({ attrs }) => attrs.id === late)).toBe(false);
  await asksFor(2);
  expect(client.received.some(({ attrs }) => attrs.id === late)).toBe(true);
});

it("a batch of everything brings everything, and what comes then comes at once", async () => {
  await asksFor(200);
  expect([come(), isThrough()]).toEqual([ids, true]);
  const live = ana.send(shop, "live");
  await client.next(({ attrs }) => attrs.id === live);
});

it.each([
  ["no number", undefined],
  ["nothing", 0],
  ["a word", "all"],
])("a request for %s is reported", async (_what, count) => {
  await asksFor(count);
  expect(web.takeComplaints()).toEqual([expect.stringContaining("for no number of stanzas")]);
  expect(come()).toEqual([]);
});

it("what a client tells its own phone beside the chats is acknowledged under the type protocol, and a chat's message is not", async () => {
  const enc = node("enc", { v: "2", type: "msg" }, Buffer.alloc(40));
  client.send(node("message", { id: "PEER", to: shop.jid, type: "protocol", category: "peer" }, [enc]));
  expect(await client.next(({ tag }) => tag === "ack")).toMatchObject({ attrs: { id: "PEER", class: "message" } });
  client.send(node("message", { id: "CHAT", to: ana.jid, type: "protocol" }, [enc]));
  await everythingIsRead(client);
  expect(web.takeComplaints()).toEqual([expect.stringContaining("of an unknown type")]);
});
