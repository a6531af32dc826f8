import type { ContentState } from "../state.ts";

type Fields = Readonly<Record<string, unknown>>;
type Types = ContentState["types"];

/** Where a rule differs for what WhatsApp has approved. */
interface Rules {
  readonly fields: Fields;
  readonly approved: boolean;
}

const ACTIONS = ["QUICK_REPLY", "URL", "PHONE_NUMBER", "COPY_CODE", "VOICE_CALL", "VOICE_CALL_REQUEST"];
const SESSION_ONLY: readonly string[] = ["twilio/list-picker", "twilio/location"];

// one row per type: what its fields must be
const TYPES: Readonly<Record<string, (rules: Rules) => void>> = {
  "twilio/text": ({ fields, approved }) => text(fields, "body", approved ? 1024 : 1600),
  "twilio/media": ({ fields }) => void listOf(fields, "media", 1, 10),
  "twilio/location": ({ fields }) => needs(fields, "latitude", "longitude"),
  "twilio/quick-reply": ({ fields, approved }) => {
    text(fields, "body", 1024);
    for (const [at, action] of listOf(fields, "actions", 1, approved ? 10 : 3)) readAction(action, at, approved, true);
  },
  "twilio/call-to-action": ({ fields, approved }) => {
    text(fields, "body", 1024);
    for (const [at, action] of listOf(fields, "actions", 1, 10)) readAction(action, at, approved);
  },
  "twilio/list-picker": ({ fields }) => {
    text(fields, "body", 1024);
    text(fields, "button", 20);
    for (const [at, item] of listOf(fields, "items", 1, 10)) {
      text(item, "item", 24, at);
      text(item, "id", 200, at);
      if (item.description !== undefined) text(item, "description", 72, at);
    }
  },
  "twilio/card": ({ fields, approved }) => {
    if (fields.title !== undefined) text(fields, "title", 1024);
    if (fields.subtitle !== undefined) text(fields, "subtitle", 60);
    for (const [at, action] of fields.actions === undefined ? [] : listOf(fields, "actions", 0, 10)) readAction(action, at, approved);
  },
  "whatsapp/card": ({ fields }) => text(fields, "body", 1024),
  "twilio/carousel": ({ fields }) => {
    text(fields, "body", 1024);
    for (const [at, card] of listOf(fields, "cards", 2, 10)) {
      if (`${String(card.title ?? "")}${String(card.body ?? "")}`.length > 160)
        throw refusal(`${at}.title and body have more than 160 characters`);
      for (const [where, action] of listOf(card, "actions", 1, 2, at)) readAction(action, where, true);
    }
  },
  "twilio/catalog": ({ fields }) => needs(fields, "body"),
  "whatsapp/authentication": ({ fields }) => {
    void listOf(fields, "actions", 1, 1);
    const minutes = fields.code_expiration_minutes;
    if (minutes !== undefined && !(Number(minutes) >= 1 && Number(minutes) <= 90)) throw refusal("code_expiration_minutes must be 1 to 90");
  },
  "whatsapp/flows": ({ fields }) => needs(fields, "body", "button_text", "flow_id"),
  "twilio/flows": ({ fields }) => needs(fields, "body", "button_text", "pages", "type"),
};

/** What a template is approved as unless a test says: what only goes inside the window never is. */
export function usualApproval(types: Types): ContentState["approval"] {
  return isSessionOnly(types) ? "unsubmitted" : "approved";
}

/**
 * Throws for a template that Twilio's Content API, or WhatsApp's review, would not take: the limits of each type, tighter inside the session.
 * @see https://www.twilio.com/docs/content/content-types-overview
 */
export function checkContent(types: Types, approval: ContentState["approval"]): void {
  const approved = approval === "approved";
  for (const [type, fields] of Object.entries(types)) {
    const check = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
    if (check === undefined) throw refusal(`there is no type ${type}`);
    check({ fields, approved });
  }
  if (approved && isSessionOnly(types)) throw refusal(`${Object.keys(types)[0]} goes inside the window alone and is never approved`);
}

function isSessionOnly(types: Types): boolean {
  return SESSION_ONLY.includes(Object.keys(types)[0] ?? "");
}

function readAction(action: Fields, at: string, approved: boolean, isReply = false): void {
  // Twilio's specification leaves the type of a quick reply optional
  if (!(isReply && action.type === undefined) && !ACTIONS.includes(String(action.type)))
    throw refusal(`${at}.type is ${String(action.type)}, and must be one of ${ACTIONS.join(", ")}`);
  text(action, "title", approved ? 25 : 20, at);
  if (action.id !== undefined) text(action, "id", 200, at);
}

function needs(fields: Fields, ...names: readonly string[]): void {
  for (const name of names) if (fields[name] === undefined || fields[name] === "") throw refusal(`${name} is missing`);
}

function text(fields: Fields, name: string, most: number, at?: string): void {
  const value = fields[name];
  const place = at === undefined ? name : `${at}.${name}`;
  if (typeof value !== "string" || value === "") throw refusal(`${place} is missing`);
  if ([...value].length > most) throw refusal(`${place} has more than ${most} characters`);
}

function listOf(fields: Fields, name: string, least: number, most: number, at?: string): readonly (readonly [at: string, item: Fields])[] {
  const value = fields[name];
  const place = at === undefined ? name : `${at}.${name}`;
  if (!Array.isArray(value)) throw refusal(`${place} is missing`);
  if (value.length < least || value.length > most) throw refusal(`${place} must be ${least} to ${most}`);
  return value.map((item: unknown, index) => [`${place}.${index}`, typeof item === "object" && item !== null ? (item as Fields) : {}]);
}

function refusal(reason: string): Error {
  return new Error(`Twilio would not take this template: ${reason}`);
}
