import { describe, expect, it } from "vitest";
import { openWorld } from "../../../testing/open-world.ts";

const body = { text: "Shall we?" };
const footer = { text: "The bakery" };
const header = { type: "text", text: "Menu" };
const products = (count: number, from = 0): object[] =>
  Array.from({ length: count }, (_, index) => ({ product_retailer_id: `sku-${from + index}` }));
const productList = (...sections: readonly object[]): object => ({
  type: "product_list",
  header,
  body,
  footer,
  action: { catalog_id: "44", sections },
});
const catalog = (action: object): object => ({ type: "catalog_message", body, footer, action: { name: "catalog_message", ...action } });
const linkCard = (index: number, rest: object = {}): object => ({
  card_index: index,
  type: "cta_url",
  header: { type: "image", image: { link: "https://a.example/a.png" } },
  body: { text: "Bread\nof\nrye" },
  action: { name: "cta_url", parameters: { display_text: "Order", url: "https://a.example/1" } },
  ...rest,
});
const reply = (id: string, title = "Yes"): object => ({ type: "quick_reply", quick_reply: { id, title } });
const replyCard = (index: number, buttons: readonly object[] = [reply(`yes-${index}`)]): object => linkCard(index, { action: { buttons } });
const productCard = (index: number): object => ({
  card_index: index,
  type: "product",
  action: { product_retailer_id: `sku-${index}`, catalog_id: "44" },
});
const carousel = (cards: readonly object[], rest: object = {}): object => ({ type: "carousel", body, action: { cards }, ...rest });
const voiceCall = (parameters: object, rest: object = {}): object => ({
  type: "voice_call",
  body,
  action: { name: "voice_call", parameters },
  ...rest,
});
const address = (parameters: object): object => ({ type: "address_message", body, action: { name: "address_message", parameters } });
const named = (type: string, name: string, rest: object = { body }): object => ({ type, action: { name }, ...rest });

const ACCEPTED: Readonly<Record<string, object>> = {
  "a catalog without parameters": catalog({}),
  "a catalog with its thumbnail": catalog({ parameters: { thumbnail_product_retailer_id: "sku-1" } }),
  "thirty products in all": productList(
    { title: "Bread", product_items: products(15) },
    { title: "Cake", product_items: products(15, 15) },
  ),
  "one section of products without a title": productList({ product_items: products(1) }),
  "a product without a body": { type: "product", footer, action: { catalog_id: "44", product_retailer_id: "sku-1" } },
  "a request to call": named("call_permission_request", "call_permission_request", { body }),
  "a request to call without a body": named("call_permission_request", "call_permission_request", {}),
  "a request for the place": named("location_request_message", "send_location"),
  "a request for the phone": named("request_contact_info", "request_contact_info"),
  "a request for the address": { ...address({ country: "IN", values: { name: "Ana" } }), header, footer },
  "a call": voiceCall({ display_text: "Call us", ttl_minutes: 43_200, payload: "x".repeat(512) }),
  "cards with links": carousel([linkCard(0), linkCard(1)]),
  "cards with replies": carousel([replyCard(0), replyCard(1)]),
  "cards with products": carousel([productCard(0), productCard(1)]),
};

const REFUSED: Readonly<Record<string, object>> = {
  "a catalog with empty parameters": catalog({ parameters: {} }),
  "thirty-one products in all": productList(
    { title: "Bread", product_items: products(15) },
    { title: "Cake", product_items: products(16, 15) },
  ),
  "two sections of products of which one has no title": productList(
    { title: "Bread", product_items: products(1) },
    { product_items: products(1, 1) },
  ),
  "products without a header": { type: "product_list", body, action: { catalog_id: "44", sections: [{ product_items: products(1) }] } },
  "a product under a header": { type: "product", header, action: { catalog_id: "44", product_retailer_id: "sku-1" } },
  "a request to call with a footer": named("call_permission_request", "call_permission_request", { body, footer }),
  "a request to call with a header": named("call_permission_request", "call_permission_request", { body, header }),
  "a request for the place with a header": named("location_request_message", "send_location", { body, header }),
  "a request for the place with a footer": named("location_request_message", "send_location", { body, footer }),
  "a request for the place without a body": named("location_request_message", "send_location", {}),
  "a request for the phone under its former name": named("contact_request", "contact_request"),
  "a request for the phone with a label": { type: "request_contact_info", body, action: { name: "request_contact_info", button: "Share" } },
  "a request for an address elsewhere": address({ country: "BR" }),
  "a request for an address nowhere": address({}),
  "a call with a long label": voiceCall({ display_text: "x".repeat(21) }),
  "a call that may be made for more than thirty days": voiceCall({ display_text: "Call us", ttl_minutes: 43_201 }),
  "a call with a header": voiceCall({ display_text: "Call us" }, { header }),
  "one card": carousel([linkCard(0)]),
  "eleven cards": carousel(Array.from({ length: 11 }, (_, index) => linkCard(index))),
  "cards under a header": carousel([linkCard(0), linkCard(1)], { header }),
  "cards over a footer": carousel([linkCard(0), linkCard(1)], { footer }),
  "cards without a body": carousel([linkCard(0), linkCard(1)], { body: undefined }),
  "cards out of order": carousel([linkCard(1), linkCard(0)]),
  "cards of two kinds": carousel([linkCard(0), replyCard(1)]),
  "cards with a picture and with a film": carousel([
    linkCard(0),
    linkCard(1, { header: { type: "video", video: { link: "https://a.example/a.mp4" } } }),
  ]),
  "a card without a header": carousel([linkCard(0, { header: undefined }), linkCard(1)]),
  "a card of 161 characters": carousel([linkCard(0, { body: { text: "x".repeat(161) } }), linkCard(1)]),
  "a card of four lines": carousel([linkCard(0, { body: { text: "a\nb\nc\nd" } }), linkCard(1)]),
  "a card whose reply has a long id": carousel([replyCard(0, [reply("x".repeat(21))]), replyCard(1)]),
  "cards with one reply and with two": carousel([replyCard(0, [reply("a")]), replyCard(1, [reply("b"), reply("c", "No")])]),
};

describe("interactive messages", () => {
  it.each(Object.entries(ACCEPTED))("are accepted with %s", async (_, interactive) => {
    const { send } = await openWorld();
    const { status, body: answer } = await send({ type: "interactive", interactive });
    expect([status, answer.error]).toEqual([200, undefined]);
  });

  it.each(Object.entries(REFUSED))("are refused with %s", async (_, interactive) => {
    const { send } = await openWorld();
    expect(await send({ type: "interactive", interactive })).toMatchObject({
      status: 400,
      body: { error: { code: expect.toSatisfy((code: number) => [100, 131008, 131009].includes(code)) } },
    });
  });
});
