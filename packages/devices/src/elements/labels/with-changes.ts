import type { Labels } from "./en/en.ts";

/** Words in place of others, by room and key: `{ list: { primary: "Main" } }`. What is not named stays as it is. */
export type LabelChanges = Changes<Labels>;

type Changes<Words> = {
  readonly [Key in keyof Words]?: Words[Key] extends string | readonly string[] | ((...values: never[]) => string)
    ? Words[Key]
    : Changes<Words[Key]>;
};

/** The words with what replaces some of them; rooms that are not among them are left out. */
export function withChanges<Words extends Partial<Labels>>(changes: LabelChanges, words: Words): Words {
  return merged(words, changes) as Words;
}

/** Words of rooms that come later, beside those that were there before; made anew where the changes are others. */
export function laterWords<Rooms extends Partial<Labels>>(
  rooms: Rooms,
): <Before extends Partial<Labels>>(before: Before, changes: LabelChanges) => Before & Rooms {
  let made: { readonly changes: LabelChanges; readonly words: Rooms } | undefined;
  return (before, changes) => {
    if (made?.changes !== changes) made = { changes, words: withChanges(changes, rooms) };
    return { ...before, ...made.words };
  };
}

function merged(words: unknown, changes: unknown): unknown {
  if (!isRoom(words) || !isRoom(changes)) return changes ?? words;
  const names = Object.keys(words);
  return Object.fromEntries(names.map((name) => [name, merged(words[name], changes[name])]));
}

function isRoom(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
