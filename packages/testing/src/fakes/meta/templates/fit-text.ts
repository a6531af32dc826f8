import { graphError } from "../graph/graph-error.ts";
import type { Fields } from "../graph/rules.ts";
import { mismatch, wrongFormat } from "./fit-refusals.ts";

const IN_TEXT = ["text", "currency", "date_time", "group_id"];
const FILES = ["image", "video", "document", "location", "product"];
const LONGEST = 32_768;

/** The places of a text that want a value: `{{1}}` or `{{name}}`. */
export function placesOf(written: string): readonly string[] {
  return [...new Set([...written.matchAll(/\{\{\s*([\w]+)\s*\}\}/g)].map(([, name = ""]) => name))];
}

/** Holds the parameters of a header to its format; a template without one takes none. */
export function fitHeader(header: Fields | undefined, given: readonly Fields[], part: string): void {
  const format = String(header?.format ?? "text").toLowerCase();
  if (format === "text") {
    fitText(part, typeof header?.text === "string" ? header.text : "", given);
    return;
  }
  const [parameter] = given;
  if (given.length !== 1 || !parameter) throw mismatch(part, given.length, 1);
  if (parameter.type !== format || !FILES.includes(format)) throw wrongFormat(part, format, String(parameter.type));
}

/** Holds the parameters of a text to its places: their number, their names, and what WhatsApp lets stand in a line. */
export function fitText(part: string, written: string, given: readonly Fields[]): void {
  const places = placesOf(written);
  if (given.length !== places.length) throw mismatch(part, given.length, places.length);
  const named = places.some((place) => !/^\d+$/.test(place));
  for (const parameter of given) {
    if (!IN_TEXT.includes(String(parameter.type))) throw wrongFormat(part, "text", String(parameter.type));
    if (named !== (parameter.parameter_name !== undefined) || (named && !places.includes(String(parameter.parameter_name)))) {
      throw graphError(100, {
        message: "(#100) Invalid parameter",
        details: `${part}: Parameter name is missing or empty, or not one of ${places.join(", ")}`,
      });
    }
    if (typeof parameter.text !== "string") continue;
    requireOneLine(part, parameter.text);
    if (written.length + parameter.text.length > LONGEST) throw graphError(132005, { details: `${part}: text too long` });
  }
}

/** Refuses what WhatsApp does not let a value of a template hold. Throws 132018. */
export function requireOneLine(part: string, value: string): void {
  if (!/[\n\r\t]| {5}/.test(value)) return;
  throw graphError(132018, { details: `${part}: Param text cannot have new-line/tab characters or more than 4 consecutive spaces` });
}
