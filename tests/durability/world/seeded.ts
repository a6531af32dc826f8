import { randomInt } from "node:crypto";

/** The seed of this run: a new one each time, or the one that a failure told (`WADESK_SEED`). */
export const SEED: number = Number(process.env.WADESK_SEED ?? randomInt(2 ** 31));

/** Numbers from 0 up to, not including, 1; the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
