import { inspect } from "node:util";
import { keyIndex } from "./key-index.ts";

/** Everything that one file of tests printed and logged, and what must not stand in it. */
export interface Printed {
  /** Keeps what was printed or logged, under the name of where. */
  note(where: string, ...values: readonly unknown[]): void;
  /** From now on these bytes must not stand anywhere, in no spelling. */
  key(bytes: Uint8Array): void;
  /** From now on these words must not stand anywhere. One word, or a short one, says nothing. */
  words(text: string): void;
  /** Each place where a secret stands, as a sentence without it. */
  found(): readonly string[];
  /** How many keys, texts and lines there are. */
  readonly counts: { readonly keys: number; readonly texts: number; readonly lines: number };
}

const INSPECTION = { depth: 12, maxArrayLength: null, maxStringLength: null } as const;

/** Nothing is printed yet. */
export function printed(): Printed {
  const keys = keyIndex();
  const texts = new Set<string>();
  const lines: { readonly where: string; readonly line: string }[] = [];
  return {
    note(where, ...values) {
      const line = values.map((value) => (typeof value === "string" ? value : inspect(value, INSPECTION))).join(" ");
      lines.push({ where, line });
    },
    key: (bytes) => keys.add(bytes),
    words(text) {
      if (text.length >= 8 && text.includes(" ")) texts.add(text);
    },
    found() {
      const all = lines.flatMap(({ where, line }) => [
        ...(keys.size > 0 && keys.isIn(line) ? [`a key or ratchet stands in ${where}`] : []),
        ...([...texts].some((text) => line.includes(text)) ? [`the words of a message stand in ${where}`] : []),
      ]);
      return [...new Set(all)];
    },
    get counts() {
      return { keys: keys.size, texts: texts.size, lines: lines.length };
    },
  };
}
