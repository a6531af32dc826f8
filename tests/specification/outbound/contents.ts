import type { MediaReference, OutboundContent, OutboundKind, TemplateButton, TemplateParameter } from "@wadesk/core";
import fc, { type Arbitrary } from "fast-check";

/** A text a person might write, of one to so many characters. */
const text = (most: number): Arbitrary<string> =>
  fc.string({ unit: "grapheme", minLength: 1, maxLength: most }).filter((value) => value.trim() !== "" && [...value].length <= most);
const word = fc.stringMatching(/^[a-z0-9_]{1,12}$/);
const link = fc.webUrl({ validSchemes: ["http", "https"] });
const media: Arbitrary<MediaReference> = fc.oneof(
  fc.record({ id: word }),
  link.map((url) => ({ url })),
  fc.record({ id: word, url: link }),
);
const degrees = (most: number): Arbitrary<number> => fc.double({ min: -most, max: most, noNaN: true });
const distinct = <Item extends object>(
  item: Arbitrary<Item>,
  keys: readonly (keyof Item)[],
  least: number,
  most: number,
): Arbitrary<Item[]> =>
  fc.uniqueArray(item, { minLength: least, maxLength: most, comparator: (left, right) => keys.some((key) => left[key] === right[key]) });

/** A record with these fields, and any of the optional ones. */
function some<Required extends object, Optional extends object>(
  required: { [Key in keyof Required]: Arbitrary<Required[Key]> },
  optional: { [Key in keyof Optional]: Arbitrary<Optional[Key]> },
): Arbitrary<Required & Partial<Optional>> {
  return fc.record({ ...required, ...optional }, { requiredKeys: Object.keys(required) as never[] }) as unknown as Arbitrary<
    Required & Partial<Optional>
  >;
}

const header = fc.oneof(
  fc.record({ type: fc.constant("text" as const), text: text(60) }),
  some({ type: fc.constantFrom("image" as const, "video" as const), media }, {}),
  some({ type: fc.constant("document" as const), media }, { fileName: word }),
);
const type = fc.constantFrom("HOME", "WORK", "CELL", "home");
const email = word.map((name) => `${name}@bakery.example`);

const card = some(
  { name: some({ formatted: text(40) }, { first: text(20), last: text(20) }) },
  {
    phones: fc.array(some({ phone: fc.constant("+5511999990001") }, { type, whatsappId: fc.constant("5511999990001") }), { maxLength: 3 }),
    emails: fc.array(some({ email }, { type }), { maxLength: 3 }),
    organization: some({}, { company: text(20), department: text(20), title: text(20) }),
    urls: fc.array(some({ url: link }, { type }), { maxLength: 3 }),
    addresses: fc.array(
      some(
        {},
        { street: text(20), city: text(20), state: text(20), zip: text(8), country: text(20), countryCode: fc.constant("br"), type },
      ),
      { maxLength: 3 },
    ),
    birthday: fc
      .date({ min: new Date("1900-01-01"), max: new Date("2026-01-01"), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
  },
);

const value = fc.oneof(
  some({ type: fc.constant("text" as const), text: text(40) }, {}),
  fc.record({
    type: fc.constant("currency" as const),
    code: fc.constant("BRL"),
    amount: fc.double({ min: 0, max: 1e6, noNaN: true }),
    fallback: text(20),
  }),
  fc.record({ type: fc.constant("date" as const), fallback: text(20) }),
);
const parameter: Arbitrary<TemplateParameter> = fc.oneof(
  value,
  fc.record({ type: fc.constantFrom("image" as const, "video" as const), media }),
  some({ type: fc.constant("document" as const), media }, { fileName: word }),
  some({ type: fc.constant("location" as const), latitude: degrees(90), longitude: degrees(180) }, { name: text(40), address: text(40) }),
);
const body: Arbitrary<readonly TemplateParameter[]> = fc.oneof(
  fc.array(value, { maxLength: 4 }),
  // by name or by place, never both
  fc.array(
    fc.tuple(value, word).map(([one, name]) => ({ ...one, name })),
    { maxLength: 4 },
  ),
);
const button: Arbitrary<TemplateButton> = fc.record({
  type: fc.constantFrom("quick_reply" as const, "url" as const, "copy_code" as const),
  index: fc.integer({ min: 0, max: 9 }),
  value: word,
});

const row = some({ id: text(200), title: text(24) }, { description: text(72) });
const sections = distinct(row, ["id"], 1, 10).chain((rows) =>
  fc.oneof(
    some({ rows: fc.constant(rows) }, { title: text(24) }).map((section) => [section]),
    text(24).map((title) => rows.map((each, index) => ({ title: `${index}${title}`.slice(0, 24), rows: [each] }))),
  ),
);
const captioned = (...kinds: readonly ("image" | "video" | "document")[]): Arbitrary<OutboundContent> =>
  some({ kind: fc.constantFrom(...kinds), media }, { caption: text(1024) });

/** Contents of each kind that Meta knows, with any of their optional fields. */
export const CONTENTS: {
  readonly [Kind in Exclude<OutboundKind, "poll" | "pin" | "forward" | "edit" | "delete">]: Arbitrary<OutboundContent>;
} = {
  text: some({ kind: fc.constant("text" as const), text: text(4096) }, { preview: fc.boolean() }),
  image: captioned("image"),
  video: captioned("video"),
  document: some({ kind: fc.constant("document" as const), media }, { caption: text(1024), fileName: word }),
  audio: some({ kind: fc.constant("audio" as const), media }, { voice: fc.boolean() }),
  sticker: some({ kind: fc.constant("sticker" as const), media }, { animated: fc.boolean() }),
  location: some(
    { kind: fc.constant("location" as const), latitude: degrees(90), longitude: degrees(180) },
    { name: text(100), address: text(100), url: link },
  ),
  contacts: fc.record({ kind: fc.constant("contacts" as const), contacts: fc.array(card, { minLength: 1, maxLength: 3 }) }),
  reaction: some({ kind: fc.constant("reaction" as const), messageId: word }, { emoji: fc.constantFrom("👍", "🍞", "👩‍🍳") }),
  template: some(
    { kind: fc.constant("template" as const), name: word, language: fc.constantFrom("pt_BR", "en", "en_US", "fil", "zh_HK") },
    { header: parameter, body, buttons: fc.array(button, { maxLength: 3 }) },
  ),
  buttons: some(
    {
      kind: fc.constant("buttons" as const),
      text: text(1024),
      buttons: distinct(fc.record({ id: text(256), title: text(20) }), ["id", "title"], 1, 3),
    },
    { header, footer: text(60) },
  ),
  list: some({ kind: fc.constant("list" as const), text: text(4096), button: text(20), sections }, { header: text(60), footer: text(60) }),
  cta_url: some({ kind: fc.constant("cta_url" as const), text: text(1024), label: text(20), url: link }, { header, footer: text(60) }),
};
