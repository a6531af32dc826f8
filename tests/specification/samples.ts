import type { Node } from "./file/patch.ts";

const to = (type: string, content: unknown, rest: Node = {}): Node => ({
  messaging_product: "whatsapp",
  to: "+5511999990000",
  type,
  [type]: content,
  ...rest,
});
const without = (key: string, request: Node): Node => Object.fromEntries(Object.entries(request).filter(([name]) => name !== key));
const template = (component: Node): Node => to("template", { name: "order_update", language: { code: "pt_BR" }, components: [component] });
const card = (rest: Node): Node => to("contacts", [{ name: { formatted_name: "Ana Souza", first_name: "Ana" }, ...rest }]);
const couponButton = (sub_type: string): Node => ({
  type: "button",
  sub_type,
  index: 0,
  parameters: [{ type: "coupon_code", coupon_code: "SAVE10" }],
});

const text = to("text", { body: "Your order left the bakery." });
const buttons = { buttons: [{ type: "reply", reply: { id: "yes", title: "Yes" } }] };
const list = { button: "Choose", sections: [{ rows: [{ id: "morning", title: "Morning" }] }] };
const link = { name: "cta_url", parameters: { display_text: "Track", url: "https://bakery.example/orders/7" } };
const body = { text: "When may we come?" };
const interactive = (type: string, action: Node): Node => to("interactive", { type, body, action });
const linkCard = (card_index: number): Node => ({
  card_index,
  type: "cta_url",
  header: { type: "image", image: { link: "https://bakery.example/bread.png" } },
  action: link,
});
const button = (sub_type: string, parameters?: readonly Node[]): Node => ({
  type: "button",
  sub_type,
  index: 0,
  ...(parameters && { parameters }),
});
const products = { thumbnail_product_retailer_id: "rye", sections: [{ product_items: [{ product_retailer_id: "rye" }] }] };

/** Requests of our own that Meta's documentation allows, by the name that the repairs use. */
export const ACCEPTED: Readonly<Record<string, Node>> = {
  text,
  "text to a user id": { ...without("to", text), recipient: "BR.1A2b3C4d5E" },
  "text with our own data": { ...text, biz_opaque_callback_data: "order-7" },
  "text to a key": { ...text, recipient_identity_key_hash: "DF2lS5v2W6x=" },
  "text of one messaging account": { ...text, messaging_account_id: "106540352242922" },
  "link button": to("interactive", { type: "cta_url", body, action: link }),
  "list with a body of 4096 characters": to("interactive", { type: "list", body: { text: "a".repeat(4096) }, action: list }),
  "contacts, 257 of them": to(
    "contacts",
    Array.from({ length: 257 }, () => ({ name: { formatted_name: "Ana Souza", first_name: "Ana" } })),
  ),
  "contact with an own type of AddressObject": card({ addresses: [{ city: "Recife", type: "Summer house" }] }),
  "contact with an own type of EmailObject": card({ emails: [{ email: "ana@bakery.example", type: "Orders" }] }),
  "contact with an own type of PhoneObject": card({ phones: [{ phone: "+5511999990001", type: "CELL" }] }),
  "contact with an own type of UrlObject": card({ urls: [{ url: "https://bakery.example", type: "Shop" }] }),
  "template with a copy_code button": template(couponButton("copy_code")),
  "template with a COPY_CODE button": template(couponButton("COPY_CODE")),
  "template with a location": template({
    type: "header",
    parameters: [{ type: "location", location: { latitude: "-8.05", longitude: "-34.9", name: "Bakery", address: "Rua do Sol 7" } }],
  }),
  "catalog without its thumbnail": interactive("catalog_message", { name: "catalog_message" }),
  "cards to swipe through": interactive("carousel", { cards: [linkCard(0), linkCard(1)] }),
  "request for the place": interactive("location_request_message", { name: "send_location" }),
  "request for the phone": interactive("request_contact_info", { name: "request_contact_info" }),
  "request for the address": interactive("address_message", { name: "address_message", parameters: { country: "IN" } }),
  "button that calls": interactive("voice_call", { name: "voice_call", parameters: { display_text: "Call us" } }),
  "template whose catalog is named only": template(button("catalog")),
  "template with products": template(button("mpm", [{ type: "action", action: products }])),
  "template with a button that calls": template(button("voice_call", [{ type: "ttl_minutes", ttl_minutes: 60 }])),
  "template with cards": template({ type: "carousel", cards: [{ card_index: 0, components: [] }] }),
  "template with an offer": template({
    type: "limited_time_offer",
    parameters: [{ type: "limited_time_offer", limited_time_offer: { expiration_time_ms: 1_780_000_000_000 } }],
  }),
  "template with a product": template({
    type: "header",
    parameters: [{ type: "product", product: { product_retailer_id: "rye", catalog_id: "44" } }],
  }),
};

/** Requests of our own that Meta's documentation forbids. */
export const REFUSED: Readonly<Record<string, Node>> = {
  "text to nobody": without("to", text),
  "text by another product": { ...text, messaging_product: "messenger" },
  "text without a body": to("text", { preview_url: true }),
  "text of 4097 characters": to("text", { body: "a".repeat(4097) }),
  "reply to nothing": { ...text, context: {} },
  "image with a caption of 1025 characters": to("image", { id: "1013859600285441", caption: "a".repeat(1025) }),
  "location without coordinates": to("location", { name: "Bakery" }),
  "reaction to nothing": to("reaction", { emoji: "🍞" }),
  "contact without a name": to("contacts", [{ phones: [{ phone: "+5511999990001" }] }]),
  "contact without a formatted name": to("contacts", [{ name: { first_name: "Ana", last_name: "Souza" } }]),
  "contact with a formatted name only": to("contacts", [{ name: { formatted_name: "Ana Souza" } }]),
  "buttons with a body of 1025 characters": to("interactive", { type: "button", body: { text: "a".repeat(1025) }, action: buttons }),
  "buttons with the action of a list": to("interactive", { type: "button", body, action: list }),
  "request to call with a footer": to("interactive", {
    type: "call_permission_request",
    body,
    footer: { text: "The bakery" },
    action: { name: "call_permission_request" },
  }),
  "template whose link is named only": template(button("url")),
  "buttons with a header that says nothing": to("interactive", { type: "button", body, header: { type: "text" }, action: buttons }),
};

const numbers = (...data: readonly Node[]): SampleAnswer => ({ of: "GET /{WABA-ID}/phone_numbers", body: { data } });
const number = (field: string, value: string): SampleAnswer => ({ of: "GET /{Phone-Number-ID}", body: { id: "1", [field]: value } });

/** An answer of our own, and the operation that gives it. */
export interface SampleAnswer {
  readonly of: string;
  readonly body: Node;
}

/** Answers of our own that Meta's documentation allows. */
export const ACCEPTED_ANSWERS: Readonly<Record<string, SampleAnswer>> = {
  "number with quality_rating UNKNOWN": number("quality_rating", "UNKNOWN"),
  "number with code_verification_status NOT_VERIFIED": number("code_verification_status", "NOT_VERIFIED"),
  "numbers of status CONNECTED": numbers({ id: "1", status: "CONNECTED" }),
  "numbers of status DISCONNECTED": numbers({ id: "1", status: "DISCONNECTED" }),
  "numbers of status FLAGGED": numbers({ id: "1", status: "FLAGGED" }),
  "numbers with their names only": numbers({ id: "1", verified_name: "Bakery" }),
  "account with its currency only": { of: "GET /{WABA-ID}", body: { currency: "BRL" } },
  "media with its size as a number": { of: "GET /{Media-ID}", body: { id: "1", file_size: 2048 } },
};
