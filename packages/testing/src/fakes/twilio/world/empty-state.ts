import type { Clock } from "@wadesk/core";
import { hexadecimals } from "../../stage/hexadecimals.ts";
import type { TwilioState } from "../state.ts";

/** A world with nothing in it. */
export function emptyState(clock: Clock, randomId: () => string): TwilioState {
  const hexadecimal = hexadecimals(randomId);
  return {
    clock,
    hexadecimal,
    sid: (prefix) => prefix + hexadecimal(32),
    accounts: new Map(),
    senders: [],
    contents: new Map(),
    contacts: [],
    messages: [],
    sent: [],
    received: [],
    files: new Map(),
    exchanges: [],
    alerts: [],
    tellers: new Map(),
    origin: undefined,
  };
}
