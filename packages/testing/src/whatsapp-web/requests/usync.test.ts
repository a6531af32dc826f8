import { afterEach, beforeEach, expect, it } from "vitest";
import { createWhatsAppWeb } from "../create-whatsapp-web.ts";
import type { Phone } from "../phones/phone.ts";
import type { RawClient } from "../testing/raw-client.ts";
import { linkedRawClient } from "../testing/raw-companion.ts";
import type { WhatsAppWeb } from "../whatsapp-web.ts";
import { type BinaryNode, childOf, childrenOf, node } from "../wire/node.ts";

let web: WhatsAppWeb;
let shop: Phone;
let client: RawClient;
beforeEach(async () => {
  web = await createWhatsAppWeb();
  shop = web.addPhone({ number: "15550001111", companions: 1 });
  client = await linkedRawClient(web.url, shop);
});
afterEach(async () => {
  client.close();
  await web.close();
});

function ask(about: string, jid: string): Promise<BinaryNode> {
  const query = [node("query", {}, [node(about)]), node("list", {}, [node("user", { jid })])];
  const content = [node("usync", { sid: "1", mode: "query", context: "interactive" }, query)];
  client.send(node("iq", { id: "who", to: "s.whatsapp.net", type: "get", xmlns: "usync" }, content));
  return client.next(({ attrs }) => attrs.id === "who");
}

it("every device but the phone is listed with the index of its key", async () => {
  const user = childOf(childOf(childOf(await ask("devices", shop.jid), "usync"), "list"), "user");
  const devices = childrenOf(childOf(childOf(user, "devices"), "device-list"), "device");
  expect(devices.map(({ attrs }) => attrs)).toEqual([{ id: "0" }, { id: "1", "key-index": "1" }, { id: "2", "key-index": "2" }]);
});
