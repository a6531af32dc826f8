import { readTime } from "@wadesk/core/ports";

/** One JSON object of Meta's, nothing about it taken for granted. */
export type Wire = Readonly<Record<string, unknown>>;

const NOTHING: readonly unknown[] = [];

/** The value as an object, or nothing. */
export function asRecord(value: unknown): Wire | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Wire) : undefined;
}

/** The value as a list; anything else is an empty one. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : NOTHING;
}

/** The value as text: Meta writes ids and figures as strings in one place and numbers in another. Empty text is nothing. */
export function asText(value: unknown): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  return typeof value === "number" ? String(value) : undefined;
}

/** The value as a finite number, whether it came as a number or as text. */
export function asNumber(value: unknown): number | undefined {
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** The value as true or false, or nothing. */
export function asFlag(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

// seconds since the epoch stay below this until the year 5138; milliseconds passed it in 1973
const MILLISECONDS_FROM = 100_000_000_000;

/** A moment in whole milliseconds since the epoch. Meta writes seconds, as text or number; what no date can show is `otherwise`. */
export function asTime(value: unknown, otherwise: number): number {
  const number = asNumber(value);
  if (number === undefined) return otherwise;
  return readTime(number < MILLISECONDS_FROM ? number * 1000 : number) ?? otherwise;
}

/** An object without the fields that were `undefined`. */
export type Present<Value> = { [Key in keyof Value as undefined extends Value[Key] ? never : Key]: Value[Key] } & {
  [Key in keyof Value as undefined extends Value[Key] ? Key : never]?: Exclude<Value[Key], undefined>;
};

/** Takes out the fields that are missing, so that what is absent is absent. */
export function present<Value extends object>(value: Value): Present<Value> {
  const kept: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) if (field !== undefined) kept[key] = field;
  return kept as Present<Value>;
}
