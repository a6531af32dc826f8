import { graphError, parameterRequired } from "../graph/graph-error.ts";
import { both, type Fields, flag, inside, isFields, list, mustBe, type Rule, shape, text, webAddress } from "../graph/rules.ts";

const REFERENCE = { id: text({ min: 1 }), link: webAddress };

/** A file: an uploaded id or a link, and one of them only. */
export function fileRule(optional: Readonly<Record<string, Rule>> = {}): Rule {
  return both(shape({}, { ...REFERENCE, ...optional }), (value, at) => {
    const { id, link } = value as Fields;
    if (id === undefined && link === undefined) throw parameterRequired(`${inside(at, "id")} or ${inside(at, "link")}`);
    if (id !== undefined && link !== undefined) throw mustBe(at, "given by id or by link, not by both");
  });
}

const CAPTION = text({ max: 1024 });

const coordinate =
  (limit: number): Rule =>
  (value, at) => {
    const written = typeof value === "string" ? value.trim() : value;
    const degrees = typeof written === "number" ? written : typeof written === "string" && written !== "" ? Number(written) : Number.NaN;
    if (!Number.isFinite(degrees) || Math.abs(degrees) > limit) throw mustBe(at, `a number between -${limit} and ${limit}`);
  };

// HOME and WORK are usual, anything else is shown as it is
const PLACE = text({ min: 1 });
const CONTACT = both(
  shape(
    {
      name: shape(
        { formatted_name: text({ min: 1 }) },
        { first_name: text(), last_name: text(), middle_name: text(), prefix: text(), suffix: text() },
      ),
    },
    {
      addresses: list(
        shape({}, { street: text(), city: text(), state: text(), zip: text(), country: text(), country_code: text(), type: PLACE }),
      ),
      birthday: text({ pattern: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, like: "a date, YYYY-MM-DD" }),
      emails: list(shape({ email: text({ pattern: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, like: "an email address" }) }, { type: PLACE })),
      org: shape({}, { company: text(), department: text(), title: text() }),
      phones: list(shape({ phone: text({ min: 1 }) }, { type: PLACE, wa_id: text() })),
      urls: list(shape({ url: webAddress }, { type: PLACE })),
    },
  ),
  (value, at) => {
    const { name } = value as Fields;
    const others = ["first_name", "last_name", "middle_name", "prefix", "suffix"];
    // Meta wants formatted_name and one more part
    if (isFields(name) && !others.some((part) => name[part])) throw parameterRequired(`${at}['name']['first_name']`);
  },
);

/** What each plain type of message must look like, after Meta's guides to sending it. */
export const CONTENT_RULES: Readonly<Record<string, Rule>> = {
  text: shape({ body: text({ min: 1, max: 4096 }) }, { preview_url: flag }),
  image: fileRule({ caption: CAPTION }),
  video: fileRule({ caption: CAPTION }),
  document: fileRule({ caption: CAPTION, filename: text({ min: 1, max: 240 }) }),
  audio: fileRule({ voice: flag }),
  sticker: fileRule(),
  location: shape({ latitude: coordinate(90), longitude: coordinate(180) }, { name: text({ max: 1000 }), address: text({ max: 1000 }) }),
  contacts: list(CONTACT, { min: 1, max: 257 }),
  reaction: shape({ message_id: text({ min: 1 }), emoji: text({ max: 20 }) }),
};

/** Refuses blank text, which Meta takes for none. */
export function refuseBlank(payload: Fields): void {
  const body = isFields(payload.text) ? payload.text.body : undefined;
  if (typeof body === "string" && body.trim() === "")
    throw graphError(100, { message: "(#100) Param text['body'] must be a non-empty string." });
}
