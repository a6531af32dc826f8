/** What the words of a notice speak of: a name, an id, an address, a number, a time in milliseconds since the epoch. Never a secret. */
export type NoticeValues = Readonly<Record<string, string | number>>;

/** Something that a person is told: a code with values, which a screen says in its own words and language, and the same in English. */
export interface Notice<Code extends string = string, Values extends NoticeValues = NoticeValues> {
  /** What it is, in snake_case, e.g. `token_expires`. Codes are public: each is listed where its channel lists its warnings. */
  readonly code: Code;
  /** What its words speak of; absent where they speak of nothing in particular. */
  readonly values?: Values;
  /** The English sentence. */
  readonly text: string;
}
