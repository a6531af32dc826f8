/** One secret as the handler shows it: that it exists, since when, and what it is a secret of. Its value never comes. */
export interface SecretMark {
  readonly id: string;
  /** Milliseconds since the epoch; absent for one of the application's own options. */
  readonly addedAt?: number;
  readonly of?: string;
}

/** A secret as a row shows it: the newest is the current one, the others are still accepted. */
export interface SecretRow extends SecretMark {
  readonly current: boolean;
}

/** The secrets of a field, the newest first. */
export function secretRows(value: unknown): readonly SecretRow[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly SecretMark[]).toReversed().map((mark, index) => ({ ...mark, current: index === 0 }));
}

// 64 of them, so that each is six bits of chance: none that reads like another, no mark that an address would change
const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789-_.~!";

/** A text that nobody guesses, for a secret that is chosen here: 24 characters of `bytes`, one byte each. */
export function madeSecret(bytes: (count: number) => Uint8Array): string {
  return [...bytes(24)].map((byte) => LETTERS[byte % LETTERS.length]).join("");
}
