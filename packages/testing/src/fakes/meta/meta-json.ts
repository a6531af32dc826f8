const OUTSIDE_ASCII = /[\u0080-\uffff]/g;

/** Writes JSON the way Meta does: `/` as `\/`, everything outside ASCII as `\uXXXX`. */
export function metaJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll("/", "\\/")
    .replaceAll(OUTSIDE_ASCII, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
