/** A run that takes too long for every change. */
export interface LongPart {
  /** What it looks at, in a few words. */
  readonly what: string;
  /** Goes through with it, saying on the way what it sees. Answers each promise that was broken, as a sentence. */
  run(seed: number): Promise<readonly string[]>;
}
