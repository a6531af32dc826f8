import { inspect } from "node:util";

const INSPECTION = { depth: 20, showHidden: true, maxArrayLength: null, maxStringLength: null };

/** Everything that a value shows: to `inspect` with hidden fields, as text, as JSON, its bytes as text; of an error its stack and causes too. */
export function rendered(value: unknown): string {
  const shown = [inspect(value, INSPECTION), textOf(value), asJson(value), ...bytesWithin(value)];
  for (let error = value; error instanceof Error; error = error.cause) {
    shown.push(error.message, String(error.stack), asJson(error), inspect(error), textOf(error.cause));
  }
  return shown.join("\n");
}

/** What came of a call: its value, or what it threw. */
export async function outcomeOf(call: () => unknown): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    return error;
  }
}

function textOf(value: unknown): string {
  try {
    return String(value);
  } catch (error) {
    // an object without a prototype has no text
    return String(error);
  }
}

function asJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch (error) {
    // what refers to itself has no JSON
    return String(error);
  }
}

// inspect shows bytes as numbers, in which nobody finds a text
function bytesWithin(value: unknown, seen: Set<unknown> = new Set()): readonly string[] {
  if (typeof value !== "object" || value === null || seen.has(value)) return [];
  seen.add(value);
  if (value instanceof Uint8Array) return [Buffer.from(value).toString("latin1")];
  const entries = value instanceof Map ? [...value.entries()].flat() : value instanceof Set ? [...value] : [];
  const fields = Object.values(Object.getOwnPropertyDescriptors(value)).map((field): unknown => field.value);
  return [...entries, ...fields].flatMap((each) => bytesWithin(each, seen));
}
