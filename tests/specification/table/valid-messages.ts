import type { Node } from "../file/patch.ts";
import type { World } from "./world.ts";

/** Valid messages of every type with everything optional, by name. */
export function validMessages({ contact, mediaId, messageId }: World): Record<string, Node> {
  const message = (type: string, content: unknown, rest: Node = {}): Node => ({
    messaging_product: "whatsapp",
    recipient_type: "individual",
    to: contact.phone,
    type,
    [type]: content,
    ...rest,
  });
  const interactive = (type: string, action: Node, header: Node): Node =>
    message("interactive", { type, header, body: { text: "When may we come?" }, footer: { text: "The bakery" }, action });
  const bare = (type: string, action: Node, rest: Node = { body: { text: "When may we come?" } }): Node =>
    message("interactive", { type, action, ...rest });
  const card = (card_index: number): Node => ({
    card_index,
    type: "cta_url",
    header: { type: "image", image: { link: link("bread.jpg") } },
    body: { text: "Rye" },
    action: { name: "cta_url", parameters: { display_text: "Order", url: link("rye") } },
  });
  const link = (name: string): string => `https://bakery.example/${name}`;
  const text = message("text", { body: "Your order left the bakery: https://bakery.example", preview_url: true });
  const { to: _, ...toNobody } = text;
  return {
    text,
    "text with a reply context and our data": { ...text, context: { message_id: messageId }, biz_opaque_callback_data: "order-7" },
    "text by user id": { ...toNobody, recipient: contact.userId },
    "image by id": message("image", { id: mediaId, caption: "Bread" }),
    "image by link": message("image", { link: link("bread.jpg"), caption: "Bread" }),
    "video by link": message("video", { link: link("oven.mp4"), caption: "Our oven" }),
    "audio by link": message("audio", { link: link("hello.ogg") }),
    "document by link": message("document", { link: link("bill.pdf"), caption: "Bill", filename: "bill.pdf" }),
    "sticker by link": message("sticker", { link: link("smile.webp") }),
    location: message("location", { latitude: -8.05, longitude: -34.9, name: "Bakery", address: "Rua do Sol 7" }),
    reaction: message("reaction", { message_id: messageId, emoji: "🍞" }),
    contacts: message("contacts", [
      {
        name: { formatted_name: "Ana Souza", first_name: "Ana", last_name: "Souza" },
        phones: [{ phone: "+5511999990001", type: "WORK", wa_id: "5511999990001" }],
        emails: [{ email: "ana@bakery.example", type: "WORK" }],
        urls: [{ url: link(""), type: "WORK" }],
        org: { company: "Bakery", department: "Oven", title: "Baker" },
        addresses: [
          { street: "Rua do Sol 7", city: "Recife", state: "PE", zip: "50030-230", country: "Brazil", country_code: "br", type: "WORK" },
        ],
        birthday: "1990-02-28",
      },
    ]),
    buttons: interactive(
      "button",
      { buttons: ["yes", "no"].map((id) => ({ type: "reply", reply: { id, title: id } })) },
      { type: "text", text: "Delivery" },
    ),
    "buttons below an image": interactive(
      "button",
      { buttons: [{ type: "reply", reply: { id: "yes", title: "Yes" } }] },
      { type: "image", image: { link: link("bread.jpg") } },
    ),
    list: interactive(
      "list",
      {
        button: "Choose",
        sections: ["Today", "Tomorrow"].map((title) => ({ title, rows: [{ id: title, title: "Morning", description: "Before noon" }] })),
      },
      { type: "text", text: "Delivery" },
    ),
    "link button": interactive(
      "cta_url",
      { name: "cta_url", parameters: { display_text: "Track", url: link("orders/7") } },
      { type: "document", document: { link: link("bill.pdf"), filename: "bill.pdf" } },
    ),
    catalog: bare("catalog_message", { name: "catalog_message" }),
    "catalog with its thumbnail": bare("catalog_message", {
      name: "catalog_message",
      parameters: { thumbnail_product_retailer_id: "rye" },
    }),
    "request to call": bare("call_permission_request", { name: "call_permission_request" }, {}),
    "request for the place": bare("location_request_message", { name: "send_location" }),
    "request for the phone": bare("request_contact_info", { name: "request_contact_info" }),
    "request for the address": bare("address_message", { name: "address_message", parameters: { country: "IN" } }),
    "button that calls": bare("voice_call", {
      name: "voice_call",
      parameters: { display_text: "Call us", ttl_minutes: 60, payload: "order-7" },
    }),
    "cards to swipe through": bare("carousel", { cards: [card(0), card(1)] }),
    template: message("template", {
      name: "order_update",
      language: { code: "pt_BR", policy: "deterministic" },
      components: [
        { type: "header", parameters: [{ type: "image", image: { link: link("bread.jpg") } }] },
        {
          type: "body",
          parameters: [
            { type: "text", text: "7" },
            { type: "currency", currency: { fallback_value: "R$ 10", code: "BRL", amount_1000: 10_000 } },
            { type: "date_time", date_time: { fallback_value: "today" } },
          ],
        },
        { type: "button", sub_type: "quick_reply", index: "0", parameters: [{ type: "payload", payload: "thanks" }] },
        { type: "button", sub_type: "url", index: "1", parameters: [{ type: "text", text: "7" }] },
        { type: "button", sub_type: "copy_code", index: 2, parameters: [{ type: "coupon_code", coupon_code: "SAVE10" }] },
      ],
    }),
    "template with a place": message("template", {
      name: "order_here",
      language: { code: "pt_BR" },
      components: [
        {
          type: "header",
          parameters: [{ type: "location", location: { latitude: "-8.05", longitude: "-34.9", name: "Bakery", address: "Rua" } }],
        },
      ],
    }),
    "mark as read": { messaging_product: "whatsapp", status: "read", message_id: messageId, typing_indicator: { type: "text" } },
  };
}
