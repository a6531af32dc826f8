import { graphError, parameterRequired } from "../graph/graph-error.ts";
import {
  both,
  choice,
  type Fields,
  inside,
  integer,
  isFields,
  list,
  mustBe,
  type Rule,
  shape,
  text,
  webAddress,
  whatsappRule,
} from "../graph/rules.ts";
import { CAROUSEL } from "./carousel-rules.ts";
import { fileRule } from "./content-rules.ts";

const FILE_HEADER = { image: fileRule(), video: fileRule(), document: fileRule({ filename: text({ min: 1 }) }) };

const header = (...types: readonly string[]): Rule =>
  both(shape({ type: choice(...types) }, { text: text({ min: 1, max: 60 }), sub_text: text({ max: 60 }), ...FILE_HEADER }), (value, at) => {
    const fields = value as Fields;
    if (fields[String(fields.type)] === undefined) throw parameterRequired(inside(at, String(fields.type)));
  });

const body = (max: number): Rule => shape({ text: text({ min: 1, max }) });
const FOOTER = shape({ text: text({ min: 1, max: 60 }) });
const ANY_HEADER = header("text", "image", "video", "document");

/** A rule that no two items of an array share a value. */
const distinct =
  (what: string, read: (item: Fields) => unknown): Rule =>
  (value, at) => {
    const seen = (value as readonly Fields[]).map(read);
    if (new Set(seen).size !== seen.length) throw mustBe(at, `an array whose ${what} are unique`);
  };

const replyOf = (item: Fields): Fields => (isFields(item.reply) ? item.reply : {});
const BUTTONS = both(
  list(shape({ type: choice("reply"), reply: shape({ id: text({ min: 1, max: 256 }), title: text({ min: 1, max: 20 }) }) }), {
    min: 1,
    max: 3,
  }),
  both(
    distinct("ids", (item) => replyOf(item).id),
    distinct("titles", (item) => replyOf(item).title),
  ),
);

const ROW = shape({ id: text({ min: 1, max: 200 }), title: text({ min: 1, max: 24 }) }, { description: text({ max: 72 }) });
const SECTIONS = both(
  list(shape({ rows: list(ROW, { min: 1, max: 10 }) }, { title: text({ min: 1, max: 24 }) }), { min: 1, max: 10 }),
  (value, at) => {
    const sections = value as readonly { readonly title?: string; readonly rows: readonly Fields[] }[];
    const rows = sections.flatMap((section) => section.rows);
    if (rows.length > 10) throw mustBe(at, "sections with at most 10 rows in all");
    if (new Set(rows.map((row) => row.id)).size !== rows.length) throw mustBe(at, "sections whose row ids are unique");
    requireTitles(sections, at);
  },
);

function requireTitles(sections: readonly { readonly title?: string }[], at: string): void {
  const untitled = sections.findIndex((section) => section.title === undefined);
  if (sections.length > 1 && untitled >= 0) throw parameterRequired(`${at}[${untitled}]['title']`);
}

const object: Rule = (value, at) => {
  if (!isFields(value)) throw mustBe(at, "a JSON object");
};
const PRODUCT = text({ min: 1 });
const MOST_PRODUCTS = 30;

/** Products in sections, of which a message and a template's button show up to thirty in all. */
export const PRODUCT_SECTIONS: Rule = both(
  list(
    shape(
      { product_items: list(shape({ product_retailer_id: PRODUCT }), { min: 1, max: MOST_PRODUCTS }) },
      { title: text({ min: 1, max: 24 }) },
    ),
    { min: 1, max: 10 },
  ),
  (value, at) => {
    const sections = value as readonly { readonly title?: string; readonly product_items: readonly Fields[] }[];
    const products = sections.flatMap((section) => section.product_items);
    if (products.length > MOST_PRODUCTS) throw mustBe(at, `sections with at most ${MOST_PRODUCTS} products in all`);
    requireTitles(sections, at);
  },
);
const FLOW = both(
  shape(
    { flow_message_version: choice("3"), flow_cta: text({ min: 1, max: 30 }) },
    {
      flow_id: text({ min: 1 }),
      flow_name: text({ min: 1 }),
      mode: choice("draft", "published"),
      flow_token: text({ min: 1 }),
      flow_action: choice("navigate", "data_exchange"),
      flow_action_payload: shape({}, { screen: text({ min: 1 }), data: object }),
    },
  ),
  (value, at) => {
    const { flow_id, flow_name } = value as Fields;
    if ((flow_id === undefined) === (flow_name === undefined)) throw mustBe(at, "a flow given by flow_id or by flow_name");
  },
);

const holding =
  (...names: readonly string[]): Rule =>
  (value, at) => {
    object(value, at);
    const absent = names.find((name) => (value as Fields)[name] === undefined);
    if (absent !== undefined) throw parameterRequired(inside(at, absent));
  };
const named = (name: string, parameters: Rule = object): Rule => shape({ name: choice(name), parameters });
const ADDRESS = shape({ country: choice("IN", "SG") }, { values: object, saved_addresses: list(object), validation_errors: object });
const VOICE_CALL = shape({ display_text: text({ min: 1, max: 20 }) }, { ttl_minutes: integer(1, 43_200), payload: text({ max: 512 }) });

interface Kind {
  readonly action: Rule;
  readonly header?: Rule;
  /** Characters of the body; 1024 unless given. */
  readonly longestBody?: number;
  /** Whether the body may be left away. */
  readonly bodyOptional?: true;
  readonly headerRequired?: true;
  /** Whether no footer may stand below it. */
  readonly footless?: true;
}

// the kinds of Meta's specification and of its guides; a kind that is not here is refused
const KINDS: Readonly<Record<string, Kind>> = {
  button: { action: shape({ buttons: BUTTONS }), header: ANY_HEADER },
  list: { action: shape({ button: text({ min: 1, max: 20 }), sections: SECTIONS }), header: header("text"), longestBody: 4096 },
  cta_url: {
    action: named("cta_url", shape({ display_text: text({ min: 1, max: 20 }), url: webAddress })),
    header: ANY_HEADER,
  },
  product: { action: shape({ catalog_id: text({ min: 1 }), product_retailer_id: PRODUCT }), bodyOptional: true },
  product_list: {
    action: shape({ catalog_id: text({ min: 1 }), sections: PRODUCT_SECTIONS }),
    header: header("text"),
    headerRequired: true,
  },
  catalog_message: {
    action: shape({ name: choice("catalog_message") }, { parameters: shape({ thumbnail_product_retailer_id: PRODUCT }) }),
  },
  carousel: { action: CAROUSEL, footless: true },
  flow: { action: named("flow", FLOW), header: ANY_HEADER },
  call_permission_request: { action: shape({ name: choice("call_permission_request") }), bodyOptional: true, footless: true },
  voice_call: { action: named("voice_call", VOICE_CALL), footless: true },
  location_request_message: { action: shape({ name: choice("send_location") }), footless: true },
  request_contact_info: { action: shape({ name: choice("request_contact_info") }), footless: true },
  address_message: { action: named("address_message", ADDRESS), header: header("text") },
  order_details: {
    action: named("review_and_pay", holding("reference_id", "type", "currency", "total_amount", "order")),
    header: ANY_HEADER,
  },
  order_status: { action: named("review_order", holding("reference_id", "order")) },
};

/** An interactive message of any kind. Refuses with 131008 and 131009. */
export const interactiveRule: Rule = whatsappRule((value, at) => {
  if (!isFields(value)) throw mustBe(at, "a JSON object");
  if (value.type === undefined) throw parameterRequired(inside(at, "type"));
  const kind = KINDS[String(value.type)];
  if (!kind || !Object.hasOwn(KINDS, String(value.type))) {
    throw graphError(131009, { details: `Interactive Message type, ${String(value.type)}, not supported.` });
  }
  shape(
    {
      type: text(),
      action: kind.action,
      ...(!kind.bodyOptional && { body: body(kind.longestBody ?? 1024) }),
      ...(kind.headerRequired && kind.header && { header: kind.header }),
    },
    {
      ...(kind.bodyOptional && { body: body(kind.longestBody ?? 1024) }),
      ...(kind.header && { header: kind.header }),
      ...(!kind.footless && { footer: FOOTER }),
    },
  )(value, at);
});
