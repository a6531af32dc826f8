import { parameterRequired } from "../graph/graph-error.ts";
import { anything, both, choice, type Fields, inside, integer, isFields, list, mustBe, type Rule, shape, text } from "../graph/rules.ts";
import { fileRule } from "../messages/content-rules.ts";
import { PRODUCT_SECTIONS } from "../messages/interactive-rules.ts";

const NAME = { parameter_name: text({ min: 1 }) };
const object: Rule = (value, at) => {
  if (!isFields(value)) throw mustBe(at, "a JSON object");
};

// the value of each type of parameter stands under the type's own name
const PARAMETERS: Readonly<Record<string, Rule>> = {
  text: shape({ text: text({ min: 1 }) }, NAME),
  currency: shape({ currency: shape({ fallback_value: text({ min: 1 }), code: text({ min: 3, max: 3 }), amount_1000: integer() }) }, NAME),
  date_time: shape(
    {
      date_time: shape(
        { fallback_value: text({ min: 1 }) },
        {
          calendar: choice("GREGORIAN", "SOLAR_HIJRI"),
          day_of_month: integer(1, 31),
          day_of_week: integer(1, 7),
          hour: integer(0, 23),
          minute: integer(0, 59),
          month: integer(1, 12),
          year: integer(),
        },
      ),
    },
    NAME,
  ),
  image: shape({ image: fileRule() }),
  video: shape({ video: fileRule() }),
  document: shape({ document: fileRule({ filename: text({ min: 1 }) }) }),
  location: shape({ location: shape({ latitude: anything, longitude: anything }, { name: text(), address: text() }) }),
  payload: shape({ payload: text({ min: 1, max: 256 }) }),
  coupon_code: shape({ coupon_code: text({ min: 1, max: 20 }) }),
  limited_time_offer: shape({ limited_time_offer: shape({ expiration_time_ms: integer() }) }),
  product: shape({ product: shape({ product_retailer_id: text({ min: 1 }), catalog_id: text({ min: 1 }) }) }),
  group_id: shape({ group_id: text({ min: 1 }) }, NAME),
  ttl_minutes: shape({ ttl_minutes: integer(1, 43_200) }),
  action: shape({ action: object }),
};

const THUMBNAIL = { thumbnail_product_retailer_id: text({ min: 1 }) };

// what the action of a button holds, by its sub-type
const ACTIONS: Readonly<Record<string, Rule>> = {
  flow: shape({}, { flow_token: text({ min: 1 }), flow_action_data: object }),
  catalog: shape(THUMBNAIL),
  mpm: shape({ ...THUMBNAIL, sections: PRODUCT_SECTIONS }),
};

const parameter: Rule = (value, at) => {
  if (!isFields(value)) throw mustBe(at, "a JSON object");
  if (value.type === undefined) throw parameterRequired(inside(at, "type"));
  choice(...Object.keys(PARAMETERS))(value.type, inside(at, "type"));
  const { type, ...rest } = value;
  PARAMETERS[String(type)]?.(rest, at);
};

// a quick reply's text may be a boolean, of all things: an example of Meta's has it so
const buttonParameter: Rule = (value, at) => {
  const said = isFields(value) && value.type === "text" && typeof value.text === "boolean";
  parameter(said ? { ...value, text: String(value.text) } : value, at);
};

// may be named and left as they are
const BARE_SUB_TYPES = ["flow", "catalog", "voice_call"];
const SUB_TYPES = ["quick_reply", "url", "catalog", "flow", "copy_code", "mpm", "voice_call", "order_details"];
const buttonIndex: Rule = (value, at) => {
  if (!/^\d$/.test(String(value)) || !(typeof value === "string" || typeof value === "number"))
    throw mustBe(at, "a number between 0 and 9");
};

const COMPONENT: Rule = (value, at) => {
  if (!isFields(value)) throw mustBe(at, "a JSON object");
  if (value.type === undefined) throw parameterRequired(inside(at, "type"));
  const type = String(value.type).toLowerCase();
  choice("header", "body", "button", "limited_time_offer", "order_status", "carousel")(type, inside(at, "type"));
  if (type === "carousel") return shape({ type: text(), cards: list(CARD, { min: 1, max: 10 }) })(value, at);
  if (type !== "button") return shape({ type: text(), parameters: list(parameter) })(value, at);
  if (value.sub_type === undefined) throw parameterRequired(inside(at, "sub_type"));
  const lower: Fields = { ...value, sub_type: String(value.sub_type).toLowerCase() };
  const parameters = list(both(buttonParameter, actionOf(String(lower.sub_type))), { min: 1 });
  const bare = BARE_SUB_TYPES.includes(String(lower.sub_type));
  const always = { type: text(), sub_type: choice(...SUB_TYPES), index: buttonIndex };
  shape({ ...always, ...(!bare && { parameters }) }, bare ? { parameters } : {})(lower, at);
};

const CARD: Rule = shape({ card_index: integer(0, 9), components: list(COMPONENT) });

function actionOf(subType: string): Rule {
  return (value, at) => {
    if (isFields(value) && value.type === "action") (ACTIONS[subType] ?? object)(value.action, inside(at, "action"));
  };
}

/** The form of a template message; whether it fits the approved template is another question. */
export const templateRule: Rule = shape(
  { name: text({ min: 1, max: 512 }), language: shape({ code: text({ min: 1 }) }, { policy: choice("deterministic") }) },
  { components: list(COMPONENT), namespace: text() },
);
