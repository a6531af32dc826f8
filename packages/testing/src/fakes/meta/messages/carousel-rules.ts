import { both, choice, type Fields, integer, isFields, list, mustBe, type Rule, shape, text, webAddress } from "../graph/rules.ts";

const BODY = both(shape({ text: text({ min: 1, max: 160 }) }), (value, at) => {
  const { text: written } = value as { readonly text: string };
  if (written.split("\n").length > 3) throw mustBe(at, "a text with at most 2 line breaks");
});

const FILE = shape({ link: webAddress });
const HEADER = both(shape({ type: choice("image", "video") }, { image: FILE, video: FILE }), (value, at) => {
  const fields = value as Fields;
  if (fields[String(fields.type)] === undefined) throw mustBe(at, `an object with ${String(fields.type)}`);
});

const LINK = shape({
  name: choice("cta_url"),
  parameters: shape({ display_text: text({ min: 1, max: 20 }), url: webAddress }),
});
const REPLIES = shape({
  buttons: list(
    shape({ type: choice("quick_reply"), quick_reply: shape({ id: text({ min: 1, max: 20 }), title: text({ min: 1, max: 20 }) }) }),
    { min: 1, max: 3 },
  ),
});

const MEDIA_CARD = shape(
  {
    card_index: integer(0, 9),
    type: choice("cta_url"),
    header: HEADER,
    action: (value, at) => (isFields(value) && value.buttons !== undefined ? REPLIES : LINK)(value, at),
  },
  { body: BODY },
);
const PRODUCT_CARD = shape({
  card_index: integer(0, 9),
  type: choice("product"),
  action: shape({ product_retailer_id: text({ min: 1 }), catalog_id: text({ min: 1 }) }),
});

const CARD: Rule = (value, at) => (isFields(value) && value.type === "product" ? PRODUCT_CARD : MEDIA_CARD)(value, at);

/** The action of a carousel: two to ten cards in their order, all alike. */
export const CAROUSEL: Rule = shape({
  cards: both(list(CARD, { min: 2, max: 10 }), (value, at) => {
    const cards = value as readonly Fields[];
    if (cards.some(({ card_index }, index) => card_index !== index)) throw mustBe(at, "cards whose card_index counts from 0");
    if (new Set(cards.map(kindOf)).size > 1) throw mustBe(at, "cards of one kind, with as many buttons each");
  }),
});

function kindOf({ type, header, action }: Fields): string {
  const buttons = isFields(action) && Array.isArray(action.buttons) ? action.buttons.length : 0;
  return [type, isFields(header) ? header.type : "none", buttons].join(" ");
}
