import { inspect } from "node:util";

/** Everything that a value shows: as JSON, to `inspect` with hidden fields, as text; of an error its stack and causes too. */
export function rendered(value: unknown): string {
  const shown = [
    inspect(value, { depth: 20, showHidden: true, maxArrayLength: null, maxStringLength: null }),
    String(value),
    asJson(value),
  ];
  for (let error = value; error instanceof Error; error = error.cause)
    shown.push(error.message, String(error.stack), asJson(error), inspect(error));
  return shown.join("\n");
}

/** Everything that came of a call: its value, or what it threw. */
export async function outcomeOf(call: () => unknown): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    return error;
  }
}

function asJson(value: unknown): string {
  try {
    return JSON.stringify(value, (_key, each: unknown) => (typeof each === "bigint" ? String(each) : each)) ?? "";
  } catch (error) {
    // what refers to itself has no JSON
    return String(error);
  }
}
