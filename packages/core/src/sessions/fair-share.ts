import type { SessionStanding } from "../ports/stores/session-store.ts";

/**
 * How many sessions of a kind a process should hold: all processes come to the same answer by themselves, and their parts add up to all there are. Those
 * that are first by name have one more where it does not come out even.
 */
export function fairShare({ shares, free }: SessionStanding, process: string): number {
  const serving = shares.filter(({ serves }) => serves);
  const place = serving.findIndex((share) => share.process === process);
  if (place === -1) return 0;
  const all = shares.reduce((sum, { held }) => sum + held, free);
  return Math.floor(all / serving.length) + (place < all % serving.length ? 1 : 0);
}
