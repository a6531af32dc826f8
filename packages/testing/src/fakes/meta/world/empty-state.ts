import type { Clock } from "@wadesk/core";
import type { MetaState } from "../state.ts";
import { identifiers } from "./identifiers.ts";

/** A world with nothing in it. */
export function emptyState(clock: Clock, randomId: () => string): MetaState {
  return {
    clock,
    ids: identifiers(randomId),
    apps: new Map(),
    tokens: new Map(),
    codes: new Map(),
    businesses: new Map(),
    wabas: new Map(),
    catalogs: new Map(),
    numbers: new Map(),
    media: new Map(),
    contacts: [],
    sent: [],
    received: [],
    exchanges: [],
    pairs: new Map(),
    managed: new Map(),
    callRequests: new Map(),
    tellers: new Map(),
  };
}
