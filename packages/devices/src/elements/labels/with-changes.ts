import { en, type Labels } from "./en/en.ts";

/** Words in place of others, by room and key: `{ list: { primary: "Main" } }`. What is not named stays as it is. */
export type LabelChanges = Changes<Labels>;

type Changes<Words> = {
  readonly [Key in keyof Words]?: Words[Key] extends string | readonly string[] | ((...values: never[]) => string)
    ? Words[Key]
    : Changes<Words[Key]>;
};

/** The words with what replaces some of them. */
export function withChanges(changes: LabelChanges, words: Labels = en): Labels {
  return merged(words, changes) as Labels;
}

function merged(words: unknown, changes: unknown): unknown {
  if (!isRoom(words) || !isRoom(changes)) return changes ?? words;
  const names = Object.keys(words);
  return Object.fromEntries(names.map((name) => [name, merged(words[name], changes[name])]));
}

function isRoom(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
