import { invalidField } from "../../fields/invalid.ts";

/** The number in a cursor of `changedSince`: that of the last change that was told, 0 before the first. Rejects with `input_invalid` what is none. */
export function readChangeCursor(cursor: string): number {
  const change = /^(0|[1-9]\d{0,15})$/.test(cursor) ? Number(cursor) : Number.NaN;
  if (Number.isSafeInteger(change)) return change;
  throw invalidField("cursor", "no list of connections answered this cursor; list them anew");
}
