import { type Node, pointerTo } from "./file/patch.ts";
import type { Repair } from "./file/repair.ts";

// What Meta's guides have and the file lacks: messages that came later, and what fills a template's richer parts.

const MESSAGES = "https://developers.facebook.com/documentation/business-messaging/whatsapp/messages";
const TEMPLATES = "https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates";
const CALLING = "https://developers.facebook.com/docs/whatsapp/cloud-api/calling";
const CATALOGS = "https://developers.facebook.com/docs/whatsapp/cloud-api/guides/sell-products-and-services/share-products";
const USER_IDS = "https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids";

const CHANGES = "https://developers.facebook.com/documentation/business-messaging/whatsapp/changelog";
const IDENTITY = "https://developers.facebook.com/docs/whatsapp/cloud-api/reference/phone-numbers#identity-change-check";

const schema = (...parts: readonly string[]): string => pointerTo("components", "schemas", ...parts);
const string = (rest: Node = {}): Node => ({ type: "string", ...rest });
const label: Node = string({ minLength: 1, maxLength: 20 });
const link: Node = string({ pattern: "^https?://" });
const object = (required: Node, optional: Node = {}): Node => ({
  type: "object",
  required: Object.keys(required),
  properties: { ...required, ...optional },
});
const named = (name: string, parameters?: Node): Node =>
  object({ name: string({ enum: [name] }), ...(parameters !== undefined && { parameters }) });

/** A kind of interactive message that the file does not know: its name, and its action. */
const kind = (type: string, action: Node, page: string, accepts: string): readonly Repair[] => [
  { at: schema("InteractiveObject", "properties", "type", "enum"), patch: { include: type }, evidence: { page, accepts } },
  { at: schema("ActionObject", "oneOf"), patch: { include: action }, evidence: { page, accepts } },
];

const card = object(
  {
    card_index: { type: "integer", minimum: 0, maximum: 9 },
    type: string({ enum: ["cta_url", "product"] }),
    action: {
      anyOf: [
        named("cta_url", object({ display_text: label, url: link })),
        object({ buttons: { type: "array", minItems: 1, maxItems: 3 } }),
        object({ product_retailer_id: string(), catalog_id: string() }),
      ],
    },
  },
  { header: object({ type: string({ enum: ["image", "video"] }) }), body: object({ text: string({ minLength: 1, maxLength: 160 }) }) },
);

/** Kinds of interactive messages, and what they may not have; and what any message may say of whom it is for. */
export const GUIDE_MESSAGES: readonly Repair[] = [
  {
    at: schema("BaseMessageProperties", "properties", "recipient_identity_key_hash"),
    patch: { add: string({ minLength: 1 }) },
    evidence: { page: IDENTITY, accepts: "text to a key" },
  },
  {
    at: schema("BaseMessageProperties", "properties", "messaging_account_id"),
    patch: { add: string({ minLength: 1 }) },
    evidence: { page: CHANGES, accepts: "text of one messaging account" },
  },
  {
    at: schema("ActionObject", "oneOf", "3", "required"),
    patch: { exclude: "parameters" },
    evidence: { page: CATALOGS, accepts: "catalog without its thumbnail" },
  },
  ...kind(
    "carousel",
    object({ cards: { type: "array", minItems: 2, maxItems: 10, items: card } }),
    `${MESSAGES}/interactive-media-carousel-messages`,
    "cards to swipe through",
  ),
  ...kind("location_request_message", named("send_location"), `${MESSAGES}/location-request-messages`, "request for the place"),
  ...kind("request_contact_info", named("request_contact_info"), USER_IDS, "request for the phone"),
  ...kind(
    "address_message",
    named("address_message", object({ country: string({ enum: ["IN", "SG"] }) })),
    `${MESSAGES}/address-messages`,
    "request for the address",
  ),
  ...kind(
    "voice_call",
    named(
      "voice_call",
      object(
        { display_text: label },
        { ttl_minutes: { type: "integer", minimum: 1, maximum: 43_200 }, payload: string({ maxLength: 512 }) },
      ),
    ),
    `${CALLING}/call-button-messages-deep-links`,
    "button that calls",
  ),
  {
    at: schema("InteractiveObject", "anyOf"),
    patch: {
      add: [
        {
          if: {
            properties: { type: { enum: ["call_permission_request", "carousel", "location_request_message", "request_contact_info"] } },
          },
          // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word
          then: { properties: { header: false, footer: false } },
        },
      ],
    },
    evidence: { page: `${CALLING}/user-call-permissions`, refuses: "request to call with a footer" },
  },
];

const buttonKind = (subtype: string, page: string, accepts: string): Repair => ({
  at: schema("ButtonComponent", "allOf", "1", "properties", "sub_type", "enum"),
  patch: { include: subtype },
  evidence: { page, accepts },
});
const componentKind = (type: string, page: string, accepts: string): Repair => ({
  at: schema("TemplateComponent", "properties", "type", "enum"),
  patch: { include: type },
  evidence: { page, accepts },
});
const parameterKind = (of: "ParameterObject" | "ButtonParameterObject", type: string, page: string, accepts: string): Repair => ({
  at: schema(of, "properties", "type", "enum"),
  patch: { include: type },
  evidence: { page, accepts },
});

/** Parts of templates that a message fills. */
export const GUIDE_TEMPLATES: readonly Repair[] = [
  {
    at: schema("ButtonComponent", "allOf", "1", "required"),
    patch: { exclude: "parameters" },
    evidence: { page: `${TEMPLATES}/catalog-templates`, accepts: "template whose catalog is named only" },
  },
  {
    at: schema("ButtonComponent", "allOf", "1", "if"),
    patch: { add: { properties: { sub_type: { enum: ["quick_reply", "url", "copy_code", "COPY_CODE", "mpm"] } } } },
    evidence: { page: `${TEMPLATES}/components`, refuses: "template whose link is named only" },
  },
  {
    at: schema("ButtonComponent", "allOf", "1", "then"),
    patch: { add: { required: ["parameters"] } },
    evidence: { page: `${TEMPLATES}/components`, refuses: "template whose link is named only" },
  },
  buttonKind("mpm", `${TEMPLATES}/mpm-templates`, "template with products"),
  buttonKind("voice_call", `${CALLING}/call-button-messages-deep-links`, "template with a button that calls"),
  parameterKind("ButtonParameterObject", "ttl_minutes", `${CALLING}/call-button-messages-deep-links`, "template with a button that calls"),
  componentKind("carousel", `${TEMPLATES}/media-card-carousel-templates`, "template with cards"),
  componentKind("limited_time_offer", `${TEMPLATES}/limited-time-offer-templates`, "template with an offer"),
  parameterKind("ParameterObject", "product", `${TEMPLATES}/spm-templates`, "template with a product"),
];
