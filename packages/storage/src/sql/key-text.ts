import { createHash } from "node:crypto";

// what PostgreSQL cannot store, what marks an escape, and the last character there is, which ends a range; with `u` a surrogate is a lone one
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what it looks for
const AWKWARD = /[\u0000\u0001\u{10FFFF}\p{Cs}]/gu;
const ESCAPE = "\u0001";

// PostgreSQL indexes rows of up to 2,700 bytes; the longest index has three such texts
const LONGEST_BYTES = 640;

/** How much of a text its stored form begins with, however long it is; in UTF-16 units. */
const HEAD = 64;

/**
 * A text as it is stored where it is looked up: itself, unless it has characters that a database cannot keep or is too long to be indexed.
 * Distinct texts stay distinct. The text itself cannot be had back from it.
 */
export function keyText(text: string): string {
  const escaped = escapeText(text);
  if (text.length <= LONGEST_BYTES && Buffer.byteLength(escaped) <= LONGEST_BYTES) return escaped;
  // over UTF-16, in which lone surrogates differ
  const digest = createHash("sha256").update(Buffer.from(text, "utf16le")).digest("hex");
  return `${escapeText(text.slice(0, HEAD))}${ESCAPE}#${digest}`;
}

/** The text that a stored form is of; nothing where it was too long to be had back. */
export function textOfKey(key: string): string | undefined {
  if (key.includes(`${ESCAPE}#`)) return undefined;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what marks an escape
  return key.replace(/\u0001([0-9a-f]{6})/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
}

/** A range of stored texts. */
export interface TextRange {
  readonly from: string;
  /** Not in the range itself. */
  readonly until: string;
  /** Whether the range has nothing else; where it has, the texts themselves have to be looked at. */
  readonly exact: boolean;
}

/** Where the stored forms of all texts lie that begin so. */
export function prefixRange(prefix: string): TextRange {
  const head = prefix.slice(0, HEAD).replace(/[\ud800-\udbff]$/, "");
  const from = escapeText(head);
  return { from, until: `${from}\u{10FFFF}`, exact: head === prefix };
}

function escapeText(text: string): string {
  return text.replace(AWKWARD, (character) => ESCAPE + (character.codePointAt(0) ?? 0).toString(16).padStart(6, "0"));
}
