/** The latest moment that a date can show: https://tc39.es/ecma262/#sec-time-values-and-time-range */
const LATEST = 8.64e15;

/**
 * A moment as somebody else gave it, in milliseconds since the epoch and whole, whether it came as a number or as text. Nothing for what is no
 * moment: what is no number, before the epoch, or later than `latest` or any date.
 */
export function readTime(value: unknown, latest: number = LATEST): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number !== "number" || !(number >= 0 && number <= Math.min(latest, LATEST))) return undefined;
  return Math.floor(number);
}

/**
 * Milliseconds since the epoch as a storage keeps them: whole, not before the epoch, and no more than a number holds exactly, 2^53 - 1. What
 * is no number is 0. For adapters: a row whose time does not fit its column is lost, or cannot be read again.
 */
export function wholeTime(time: number): number {
  return Math.min(Math.max(Math.floor(time), 0) || 0, Number.MAX_SAFE_INTEGER);
}
