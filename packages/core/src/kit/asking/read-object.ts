import { isObject } from "../../fields/check-fields.ts";
import { parseJson } from "../../runtime/parse-json.ts";

/** The JSON object that a text is, or nothing: a proxy's page, a list, text that was cut off. */
export function readObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = parseJson(text);
    return isObject(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
