import type { SettingsNote } from "../api/settings.ts";
import type { CoreWarning } from "../status/core-warning.ts";

/** A value whose texts lost the white space around them, and the fields where there was some. */
export interface Trimmed {
  readonly value: unknown;
  readonly fields: readonly string[];
}

/** Trims the texts of a plain object, one level deep: pasted ids and tokens often bring a space or a line break along. */
export function trimStrings(value: unknown): Trimmed {
  if (typeof value !== "object" || value === null) return { value, fields: [] };
  const fields: string[] = [];
  const entries = Object.entries(value).map(([field, content]: [string, unknown]): [string, unknown] => {
    if (typeof content !== "string" || content.trim() === content) return [field, content];
    fields.push(field);
    return [field, content.trim()];
  });
  return { value: Object.fromEntries(entries), fields };
}

/** The notice that says so, to an admin and of a connection alike. */
export function trimNote(field: string): SettingsNote & CoreWarning {
  return { code: "space_removed", values: { field }, text: `White space around ${field} was removed.` };
}
