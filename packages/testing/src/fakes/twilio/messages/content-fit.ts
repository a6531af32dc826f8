import { type Parameters, parameter } from "../api/api-request.ts";
import { twilioError } from "../api/twilio-error.ts";
import type { ContentState, TwilioState } from "../state.ts";

/** A template and what it reads with the values of a message. */
export interface FittedContent {
  readonly content: ContentState;
  readonly body: string;
  readonly numMedia: number;
}

const LARGEST_VALUE = 1600;
const MOST_VALUES = 100;

/**
 * Reads `ContentSid` and `ContentVariables`. Throws 21654, 21655, 21656 and 21658.
 * @see https://www.twilio.com/docs/api/errors/21655
 * @see https://www.twilio.com/docs/api/errors/21656
 */
export function fitContent(state: TwilioState, accountSid: string, form: Parameters): FittedContent | undefined {
  const sid = parameter(form, "ContentSid");
  const written = parameter(form, "ContentVariables");
  if (sid === undefined) {
    if (written !== undefined) throw twilioError(21654);
    return undefined;
  }
  const content = state.contents.get(sid);
  if (content?.accountSid !== accountSid) throw twilioError(21655);
  const given = written === undefined ? {} : readVariables(written);
  const used = [...new Set([...JSON.stringify(content.types).matchAll(/\{\{(\w+)\}\}/g)].map(([, name = ""]) => name))];
  // a variable without a value here takes the template's own
  const values = Object.fromEntries(used.map((name) => [name, given[name] ?? content.variables[name] ?? ""]));
  for (const name of used) if (values[name] === "") throw invalid(`variable ${name} has no value`);
  const [type = "", fields = {}] = Object.entries(content.types)[0] ?? [];
  const body = typeof fields.body === "string" ? fields.body : typeof fields.title === "string" ? fields.title : "";
  const media = Array.isArray(fields.media) ? fields.media.length : 0;
  return {
    content,
    body: body.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? ""),
    numMedia: type === "twilio/media" || type.endsWith("/card") ? media : 0,
  };
}

function readVariables(written: string): Readonly<Record<string, string>> {
  const value = parsed(written);
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid("it is no JSON object");
  const values: Record<string, string> = {};
  if (Object.keys(value).length > MOST_VALUES) throw invalid(`it has more than ${MOST_VALUES} variables`);
  for (const [name, each] of Object.entries(value)) {
    if (typeof each !== "string") throw invalid(`variable ${name} is no text`);
    const text: string = each;
    if (text === "") throw invalid(`variable ${name} is empty`);
    if (/[\n\r\t]| {5,}/.test(text)) throw invalid(`variable ${name} has a line break, a tab or more than four spaces in a row`);
    if ([...text].length > LARGEST_VALUE) throw twilioError(21658, { message: `Parameter exceeded character limit: variable ${name}` });
    values[name] = text;
  }
  return values;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function invalid(reason: string): Error {
  return twilioError(21656, { message: `The Content Variables parameter is invalid: ${reason}` });
}
