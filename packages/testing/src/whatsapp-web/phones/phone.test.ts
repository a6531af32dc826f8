import { afterEach, beforeEach, expect, it } from "vitest";
import { createWhatsAppWeb } from "../create-whatsapp-web.ts";
import { linkedRawClient } from "../testing/raw-companion.ts";
import type { WhatsAppWeb } from "../whatsapp-web.ts";
import type { LinkedClient } from "./linked-client.ts";
import type { Phone } from "./phone.ts";

let web: WhatsAppWeb;
let shop: Phone;
beforeEach(async () => {
  web = await createWhatsAppWeb();
  shop = web.addPhone({ number: "15550001111" });
});
afterEach(() => web.close());

it("a client that is connected when its account is banned for a time learns how long", async () => {
  const client = await linkedRawClient(web.url, shop);
  shop.restrict(402, { code: "101", expire: "3600" });
  const { attrs } = await client.next(({ tag }) => tag === "failure");
  expect(attrs).toEqual({ reason: "402", location: "lla", code: "101", expire: "3600" });
  await client.ended();
});

it("a phone unlinks its own clients, and nobody else's", async () => {
  const ana = web.addPhone({ number: "15550002222" });
  const clients = [await linkedRawClient(web.url, shop), await linkedRawClient(web.url, ana)];
  const [own] = shop.clients as [LinkedClient];
  expect(() => ana.unlink(own)).toThrow("15550001111:1@s.whatsapp.net is not linked to 15550002222");
  expect([shop.clients.length, ana.clients.length]).toEqual([1, 1]);
  shop.unlink(own);
  expect([shop.clients.length, ana.clients.length]).toEqual([0, 1]);
  for (const client of clients) client.close();
});
