import type { NoticeValues } from "../errors/notice.ts";

// longer ones are no slip of the pen, and comparing costs the product of the lengths
const LONGEST = 64;
// a shorter end, such as "id", is that of too many names
const SHORTEST_END = 3;

/** The one of the known names that a misspelt one most likely means; nothing when none is near. Case, hyphens and underscores do not count. */
export function nearestName(given: string, known: readonly string[]): string | undefined {
  if (given.length > LONGEST) return undefined;
  const wanted = bare(given);
  let [best, least]: [string | undefined, number] = [undefined, Math.ceil(wanted.length / 3) + 1];
  for (const name of known) {
    const other = bare(name);
    // each letter too many is a slip of its own
    if (Math.abs(other.length - wanted.length) >= least) continue;
    const distance = distanceOf(wanted, other);
    if (distance < least) [best, least] = [name, distance];
  }
  if (best !== undefined) return best;
  // "token" is meant for "accessToken"
  const ends = wanted.length < SHORTEST_END ? [] : known.filter((name) => bare(name).endsWith(wanted));
  return ends.length === 1 ? ends[0] : undefined;
}

/** `accesToken is not a field; did you mean accessToken?` A name that is long or no name at all is not repeated: it may be a secret in the wrong place. */
export function unknownName(given: string, known: readonly string[], noun: string): string {
  const shown = isName(given) ? given : "a name that cannot be shown";
  const near = nearestName(given, known);
  if (near !== undefined) return `${shown} is not ${noun}; did you mean ${near}?`;
  return `${shown} is not ${noun}${known.length === 0 ? "" : `; there is ${known.join(", ")}`}`;
}

/** What that sentence speaks of: the name that was probably meant, else those that there are. */
export function unknownValues(given: string, known: readonly string[]): NoticeValues {
  const nearest = nearestName(given, known);
  return nearest === undefined ? { options: known.join(", ") } : { nearest };
}

// whoever hands over a thousand fields learns enough from these
const MOST_UNKNOWN = 20;

/** The same of many, one line for each; of very many the first twenty. */
export function unknownNames(given: readonly string[], known: readonly string[], noun = "a field"): string {
  return given
    .slice(0, MOST_UNKNOWN)
    .map((name) => unknownName(name, known, noun))
    .join("\n");
}

/** Whether a text looks like the name of a field, and may be repeated in an error. */
export function isName(text: string): boolean {
  // vendors' secrets are as often short and of hexadecimal digits alone
  return /^[\w.-]{1,40}$/.test(text) && !/(^|\.)[0-9a-f]{20,}(\.|$)/i.test(text);
}

function bare(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

// Levenshtein's, with two neighbours exchanged as one slip
function distanceOf(left: string, right: string): number {
  let [before, row]: [number[], number[]] = [[], Array.from({ length: right.length + 1 }, (_, index) => index)];
  for (let down = 1; down <= left.length; down += 1) {
    const next = [down];
    for (let across = 1; across <= right.length; across += 1) {
      const same = left[down - 1] === right[across - 1];
      const step = Math.min((row[across] ?? 0) + 1, (next[across - 1] ?? 0) + 1, (row[across - 1] ?? 0) + (same ? 0 : 1));
      const crossed = down > 1 && across > 1 && left[down - 1] === right[across - 2] && left[down - 2] === right[across - 1];
      next.push(crossed ? Math.min(step, (before[across - 2] ?? 0) + 1) : step);
    }
    [before, row] = [row, next];
  }
  return row[right.length] ?? 0;
}
