import { graphError } from "../graph/graph-error.ts";
import type { MetaState, NumberState } from "../state.ts";
import type { Recipient } from "./recipient.ts";

// one message each six seconds to the same person, of which 45 may be borrowed ahead
const EVERY_MS = 6_000;
const AHEAD = 45;

const DAY_MS = 24 * 3_600_000;
const REQUESTS_A_WEEK = 2;

/** Counts a request to call against the pair of number and person: one a day and two a week. Throws 138009. */
export function countCallRequest(state: MetaState, number: NumberState, recipient: Recipient): void {
  const key = keyOf(number, recipient);
  const now = state.clock.now();
  const asked = (state.callRequests.get(key) ?? []).filter((at) => now - at < 7 * DAY_MS);
  if (asked.length >= REQUESTS_A_WEEK || asked.some((at) => now - at < DAY_MS)) {
    throw graphError(138009, { details: "The limit of call permission requests to this recipient was reached." });
  }
  state.callRequests.set(key, [...asked, now]);
}

function keyOf(number: NumberState, { userId, waId }: Recipient): string {
  return `${number.id}|${userId ?? waId}`;
}

/** Counts a message against the pair of number and person. Throws 131056. */
export function countPair(state: MetaState, number: NumberState, recipient: Recipient): void {
  const key = keyOf(number, recipient);
  const now = state.clock.now();
  const last = state.pairs.get(key) ?? { level: 0, at: now };
  const level = Math.max(0, last.level - (now - last.at) / EVERY_MS) + 1;
  if (level > AHEAD)
    throw graphError(131056, { details: "Too many messages were sent to this recipient in a short time. Wait and try again." });
  state.pairs.set(key, { level, at: now });
}
