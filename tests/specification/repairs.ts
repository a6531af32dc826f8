import { type Node, pointerTo } from "./file/patch.ts";
import { MESSAGE_EXAMPLES, type Repair } from "./file/repair.ts";
import { GUIDE_MESSAGES, GUIDE_TEMPLATES } from "./guide-repairs.ts";

const GUIDES = "https://developers.facebook.com/docs/whatsapp/cloud-api";
const REFERENCE = `${GUIDES}/reference/messages`;
const TEXT = `${GUIDES}/messages/text-messages`;
const REPLIES = `${GUIDES}/guides/send-messages#replies`;
const LIST = `${GUIDES}/messages/interactive-list-messages`;
const BUTTONS = `${GUIDES}/messages/interactive-reply-buttons-messages`;
const CTA_URL = `${GUIDES}/messages/interactive-cta-url-messages`;
const CONTACTS = "https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/contacts-messages";
const COUPON = `${GUIDES}/guides/send-message-templates/coupon-templates`;
const LOCATION_TEMPLATE =
  "https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/utility-templates/location-templates";
const USER_IDS = "https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids";

const NUMBER_FIELDS = "https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account-to-number-current-status";
const FIELDS = "https://developers.facebook.com/docs/graph-api/guides/field-expansion";

const schema = (...parts: readonly string[]): string => pointerTo("components", "schemas", ...parts);
const base = (...parts: readonly string[]): string => schema("BaseMessageProperties", ...parts);
const string = (rest: Node = {}): Node => ({ type: "string", ...rest });
const object = (properties: Node, required: readonly string[] = Object.keys(properties)): Node => ({
  type: "object",
  required,
  properties,
});
const whenType = (type: string, then: Node): Node => ({ if: { properties: { type: { const: type } } }, then });

/** What every message has. */
const EVERY_MESSAGE: readonly Repair[] = [
  { at: base("required"), patch: { exclude: "recipient_type" }, evidence: { example: "Send Test Message" } },
  { at: base("required"), patch: { exclude: "type" }, evidence: { example: "Send Text Message with Preview URL" } },
  { at: base("required"), patch: { exclude: "to" }, evidence: { page: USER_IDS, accepts: "text to a user id" } },
  {
    at: base("properties", "recipient"),
    patch: { add: string({ pattern: "^[A-Z]{2}\\.(ENT\\.)?[A-Za-z0-9]{1,128}$" }) },
    evidence: { page: USER_IDS, accepts: "text to a user id" },
  },
  {
    at: base("anyOf"),
    patch: { add: [{ required: ["to"] }, { required: ["recipient"] }] },
    evidence: { page: USER_IDS, refuses: "text to nobody" },
  },
  {
    at: base("properties", "biz_opaque_callback_data"),
    patch: { add: string({ maxLength: 512 }) },
    evidence: { page: REFERENCE, accepts: "text with our own data" },
  },
  {
    at: base("properties", "messaging_product"),
    patch: { replace: string({ enum: ["whatsapp"] }) },
    evidence: { page: REFERENCE, refuses: "text by another product" },
  },
  {
    at: schema("MessageContext", "required"),
    patch: { add: ["message_id"] },
    evidence: { page: REPLIES, refuses: "reply to nothing" },
  },
  {
    at: schema("Message", "oneOf"),
    patch: {
      include: {
        ...object({ messaging_product: string({ enum: ["whatsapp"] }), status: string({ enum: ["read"] }), message_id: string() }),
        properties: {
          messaging_product: string({ enum: ["whatsapp"] }),
          status: string({ enum: ["read"] }),
          message_id: string({ minLength: 1 }),
          typing_indicator: object({ type: string({ enum: ["text"] }) }),
        },
        additionalProperties: false,
      },
    },
    evidence: { example: "Send typing indicator and read receipt" },
  },
];

/** Text, media, places, reactions and address cards. */
const PLAIN_CONTENT: readonly Repair[] = [
  {
    at: schema("TextMessage", "allOf", "1", "properties", "text", "required"),
    patch: { add: ["body"] },
    evidence: { page: TEXT, refuses: "text without a body" },
  },
  {
    at: schema("TextMessage", "allOf", "1", "properties", "text", "properties", "body"),
    patch: { replace: string({ minLength: 1, maxLength: 4096 }) },
    evidence: { page: TEXT, refuses: "text of 4097 characters" },
  },
  {
    at: schema("MediaObject", "properties"),
    patch: { add: { caption: string({ maxLength: 1024 }), filename: string() } },
    evidence: { page: REFERENCE, refuses: "image with a caption of 1025 characters" },
  },
  ...["latitude", "longitude"].map((coordinate) => ({
    at: schema("LocationMessage", "allOf", "1", "properties", "location", "properties", coordinate),
    patch: { replace: { type: ["number", "string"] } },
    evidence: { example: "Send Location Message" },
  })),
  {
    at: schema("LocationMessage", "allOf", "1", "properties", "location", "required"),
    patch: { add: ["latitude", "longitude"] },
    evidence: { page: `${GUIDES}/messages/location-messages`, refuses: "location without coordinates" },
  },
  {
    at: schema("ReactionMessage", "allOf", "1", "properties", "reaction", "required"),
    patch: { add: ["message_id", "emoji"] },
    evidence: { page: `${GUIDES}/messages/reaction-messages`, refuses: "reaction to nothing" },
  },
  {
    at: schema("ContactsMessage", "allOf", "1", "properties", "contacts", "maxItems"),
    patch: { replace: 257 },
    evidence: { page: CONTACTS, accepts: "contacts, 257 of them" },
  },
  { at: schema("ContactObject", "required"), patch: { add: ["name"] }, evidence: { page: CONTACTS, refuses: "contact without a name" } },
  {
    at: schema("NameObject", "required"),
    patch: { add: ["formatted_name"] },
    evidence: { page: CONTACTS, refuses: "contact without a formatted name" },
  },
  {
    at: schema("NameObject", "minProperties"),
    patch: { add: 2 },
    evidence: { page: REFERENCE, refuses: "contact with a formatted name only" },
  },
  ...["AddressObject", "EmailObject", "PhoneObject", "UrlObject"].map((name) => ({
    at: schema(name, "properties", "type", "enum"),
    patch: { remove: true } as const,
    evidence: { page: CONTACTS, accepts: `contact with an own type of ${name}` },
  })),
];

/** Buttons, lists, links, orders. */
const INTERACTIVE_CONTENT: readonly Repair[] = [
  {
    at: `${MESSAGE_EXAMPLES}${pointerTo("Send Multi-Product Message", "value", "interactive", "header", "type")}`,
    patch: { replace: "text" },
    evidence: { example: "Send Multi-Product Message" },
  },
  ...[
    { type: "order_details", action: "review_and_pay", required: ["reference_id", "type", "currency", "total_amount", "order"] },
    { type: "order_status", action: "review_order", required: ["reference_id", "order"] },
  ].flatMap(({ type, action, required }) => {
    const evidence = { example: type === "order_details" ? "Send Order Details Message" : "Send Order Status Message" };
    const parameters = { type: "object", required };
    return [
      { at: schema("InteractiveObject", "properties", "type", "enum"), patch: { include: type }, evidence },
      { at: schema("ActionObject", "oneOf"), patch: { include: object({ name: string({ enum: [action] }), parameters }) }, evidence },
    ];
  }),
  {
    at: schema("InteractiveObject", "properties", "type", "enum"),
    patch: { include: "cta_url" },
    evidence: { page: CTA_URL, accepts: "link button" },
  },
  {
    at: schema("ActionObject", "oneOf"),
    patch: {
      include: object({
        name: string({ enum: ["cta_url"] }),
        parameters: object({ display_text: string({ minLength: 1, maxLength: 20 }), url: string({ pattern: "^https?://" }) }),
      }),
    },
    evidence: { page: CTA_URL, accepts: "link button" },
  },
  {
    at: schema("BodyObject", "properties", "text"),
    patch: { replace: string({ minLength: 1, maxLength: 4096 }) },
    evidence: { page: LIST, accepts: "list with a body of 4096 characters" },
  },
  {
    at: schema("InteractiveObject", "if"),
    patch: { add: { properties: { type: { enum: ["button", "cta_url"] } } } },
    evidence: { page: BUTTONS, refuses: "buttons with a body of 1025 characters" },
  },
  {
    at: schema("InteractiveObject", "then"),
    patch: { add: { properties: { body: { properties: { text: { maxLength: 1024 } } } } } },
    evidence: { page: BUTTONS, refuses: "buttons with a body of 1025 characters" },
  },
  {
    at: schema("InteractiveObject", "allOf"),
    patch: {
      add: [
        whenType("button", { required: ["body"], properties: { action: { required: ["buttons"] } } }),
        whenType("cta_url", {
          required: ["body"],
          properties: { action: { properties: { name: { const: "cta_url" } }, required: ["name"] } },
        }),
        whenType("list", {
          required: ["body"],
          properties: {
            header: { properties: { type: { const: "text" } } },
            action: { required: ["sections"], properties: { sections: { items: { required: ["rows"] } } } },
          },
        }),
      ],
    },
    evidence: { page: BUTTONS, refuses: "buttons with the action of a list" },
  },
  {
    at: schema("HeaderObject", "allOf"),
    patch: { add: ["text", "image", "video", "document"].map((type) => whenType(type, { required: [type] })) },
    evidence: { page: REFERENCE, refuses: "buttons with a header that says nothing" },
  },
  ...GUIDE_MESSAGES,
];

/** Templates. What a button's own schema says better is taken off the schema of every component. */
const TEMPLATES: readonly Repair[] = [
  { at: schema("LanguageObject", "required"), patch: { exclude: "policy" }, evidence: { example: "Send Test Message" } },
  {
    at: schema("TemplateComponent", "properties", "sub_type", "enum"),
    patch: { remove: true },
    evidence: { example: "Send Catalog Template Message" },
  },
  { at: schema("TemplateComponent", "properties", "index"), patch: { remove: true }, evidence: { example: "Send Flow Template Message" } },
  {
    at: schema("ButtonComponent", "allOf", "1", "properties", "index"),
    patch: { replace: { type: ["string", "integer"], pattern: "^[0-9]$", minimum: 0, maximum: 9 } },
    evidence: { example: "Send Message Template Interactive" },
  },
  ...Object.entries({ CATALOG: "Send Catalog Template Message", flow: "Send Flow Template Message" }).map(([subtype, example]) => ({
    at: schema("ButtonComponent", "allOf", "1", "properties", "sub_type", "enum"),
    patch: { include: subtype },
    evidence: { example },
  })),
  ...["copy_code", "COPY_CODE"].map((subtype) => ({
    at: schema("ButtonComponent", "allOf", "1", "properties", "sub_type", "enum"),
    patch: { include: subtype },
    evidence: { page: COUPON, accepts: `template with a ${subtype} button` },
  })),
  {
    at: schema("ButtonParameterObject", "properties", "type", "enum"),
    patch: { include: "action" },
    evidence: { example: "Send Flow Template Message" },
  },
  {
    at: schema("ButtonParameterObject", "properties", "type", "enum"),
    patch: { include: "coupon_code" },
    evidence: { page: COUPON, accepts: "template with a copy_code button" },
  },
  {
    at: schema("ButtonTextParameter", "allOf", "1", "properties", "text", "type"),
    patch: { replace: ["string", "boolean"] },
    evidence: { example: "Send Sample Issue Resolution Template" },
  },
  {
    at: schema("ParameterObject", "properties", "type", "enum"),
    patch: { include: "location" },
    evidence: { page: LOCATION_TEMPLATE, accepts: "template with a location" },
  },
  ...GUIDE_TEMPLATES,
];

/** Answers. A caller chooses the fields of a node, so an answer may lack any of them. */
const ANSWERS: readonly Repair[] = [
  ...Object.entries({ WhatsAppPhoneNumberQualityRating: "UNKNOWN", WhatsAppCodeVerificationStatus: "NOT_VERIFIED" }).map(
    ([name, value]) => ({
      at: schema(name, "enum"),
      patch: { include: value },
      evidence: { answer: "multiple_phone_numbers", of: "GET /{WABA-ID}/phone_numbers" },
    }),
  ),
  ...Object.entries({
    quality_rating: "UNKNOWN",
    code_verification_status: "NOT_VERIFIED",
  }).map(([field, value]) => ({
    at: schema("PhoneNumberInfo", "properties", field, "enum"),
    patch: { include: value },
    evidence: { page: NUMBER_FIELDS, accepts: `number with ${field} ${value}` },
  })),
  ...["CONNECTED", "DISCONNECTED", "FLAGGED"].map((status) => ({
    at: schema("WhatsAppPhoneNumberStatus", "enum"),
    patch: { include: status },
    evidence: { page: NUMBER_FIELDS, accepts: `numbers of status ${status}` },
  })),
  {
    at: schema("WhatsAppBusinessAccountPhoneNumber", "required"),
    patch: { remove: true },
    evidence: { page: FIELDS, accepts: "numbers with their names only" },
  },
  {
    at: schema("WhatsAppBusinessAccount", "required"),
    patch: { remove: true },
    evidence: { page: FIELDS, accepts: "account with its currency only" },
  },
  {
    at: "/paths/~1{Version}~1{Media-ID}/get/responses/200/content/application~1json/schema/properties/file_size/type",
    patch: { replace: ["string", "integer"] },
    evidence: { page: `${GUIDES}/reference/media`, accepts: "media with its size as a number" },
  },
];

/** Every repair of the file, in the order in which they are made. */
export const REPAIRS: readonly Repair[] = [...EVERY_MESSAGE, ...PLAIN_CONTENT, ...INTERACTIVE_CONTENT, ...TEMPLATES, ...ANSWERS];
