import type { MetaState, NumberState } from "../meta/state.ts";
import { graphError } from "../meta-graph/graph-error.ts";
import type { Recipient } from "./recipient.ts";

// one message each six seconds to the same person, of which 45 may be borrowed ahead
const EVERY_MS = 6_000;
const AHEAD = 45;

/** Counts a message against the pair of number and person. Throws 131056. */
export function countPair(state: MetaState, number: NumberState, recipient: Recipient): void {
  const key = `${number.id}|${recipient.userId ?? recipient.waId}`;
  const now = state.clock.now();
  const last = state.pairs.get(key) ?? { level: 0, at: now };
  const level = Math.max(0, last.level - (now - last.at) / EVERY_MS) + 1;
  if (level > AHEAD)
    throw graphError(131056, { details: "Too many messages were sent to this recipient in a short time. Wait and try again." });
  state.pairs.set(key, { level, at: now });
}
