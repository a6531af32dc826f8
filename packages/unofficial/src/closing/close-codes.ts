import type { ErrorCode } from "@wadesk/core";
import type { HealthReport } from "@wadesk/core/ports";
import { PHONE_LIMIT_MS } from "./phone-limit.ts";
import type { Close } from "./read-close.ts";

/** What follows when the client of a linked number has ended. */
export interface Consequence {
  /** `at once`: nothing has happened; `asked`: only when a person asks for it; else no sooner than in so many milliseconds. */
  readonly openAgain: "at once" | "asked" | { readonly inMs: number };
  /** What is to be told of the connection, in this order. */
  readonly reports: readonly HealthReport[];
  /** Whether the keys are good for nothing any more. */
  readonly keysEnd: boolean;
}

/** What is known beside the close itself. */
export interface CloseSituation {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** When the phone was last heard of, in milliseconds since the epoch. */
  readonly phoneSeenAt?: number | undefined;
}

/** What follows while a number is being linked: the failure, or another round. */
export type LinkConsequence = ErrorCode | "another round" | "restart";

interface Row {
  readonly linked: (close: Close, situation: CloseSituation) => Consequence;
  readonly linking: LinkConsequence;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const lost = (inMs = 0, linking: LinkConsequence = "provider_unavailable"): Row => ({
  linked: (_close, { now: at }) => ({
    openAgain: { inMs },
    reports: [{ type: "closed", reason: "connection_lost", at }],
    keysEnd: false,
  }),
  linking,
});
const failed = (code: ErrorCode, openAgain: Consequence["openAgain"]): Row => ({
  linked: (_close, { now: at }) => ({ openAgain, reports: [{ type: "failed", code, at }], keysEnd: false }),
  linking: code,
});
const unlinked: Row = {
  linked: (_close, { now: at, phoneSeenAt = at }) => ({
    openAgain: "asked",
    reports: [{ type: "closed", reason: at - phoneSeenAt >= PHONE_LIMIT_MS ? "phone_inactive" : "unlinked", at }],
    keysEnd: true,
  }),
  linking: "pair_failed",
};
const replaced: Row = {
  linked: (_close, { now: at }) => ({ openAgain: "asked", reports: [{ type: "closed", reason: "replaced", at }], keysEnd: false }),
  linking: "pair_failed",
};
const bannedForATime: Row = {
  linked: ({ attributes }, { now: at }) => {
    const seconds = Number(attributes.expire);
    const inMs = seconds > 0 ? seconds * 1000 : HOUR_MS;
    const restriction = { type: "restricted", reason: "temporarily_banned", until: at + inMs, at } as const;
    return { openAgain: { inMs }, reports: [{ type: "failed", code: "temporarily_banned", at }, restriction], keysEnd: false };
  },
  linking: "temporarily_banned",
};
const refused = lost(MINUTE_MS, "pair_failed");
const untrusted = lost(5 * MINUTE_MS, "configuration_invalid");
const outdated = failed("client_outdated", { inMs: HOUR_MS });

/**
 * What each code of a close means. Sources: Baileys 7.0.0-rc14 (`DisconnectReason`), whatsmeow's `types/events/events.go` for what WhatsApp says when it
 * refuses a login.
 */
const ROWS: ReadonlyMap<number, Row> = new Map([
  // WhatsApp asks every device to come back after linking, and others now and then
  [515, { linked: () => ({ openAgain: "at once", reports: [], keysEnd: false }), linking: "restart" }],
  [401, unlinked],
  [516, unlinked],
  [402, bannedForATime],
  [403, failed("locked", { inMs: HOUR_MS })],
  [406, failed("banned", "asked")],
  [405, outdated],
  [409, outdated],
  [411, failed("pair_failed", "asked")],
  [440, replaced],
  [408, lost()],
  [428, lost()],
  [500, lost()],
  [503, lost()],
  [429, lost(5 * MINUTE_MS, "rate_limited")],
  ...[400, 413, 414, 415, 418, 501].map((code) => [code, refused] as const),
]);

/** What follows when the client of a linked number has ended so. Pure. */
export function consequenceOf(close: Close, situation: CloseSituation): Consequence {
  return rowOf(close).linked(close, situation);
}

/** What follows when the client that a number is being linked with has ended so. Pure. */
export function linkConsequenceOf(close: Close): LinkConsequence {
  return close.codesShown ? "another round" : rowOf(close).linking;
}

function rowOf({ code, said, isUntrusted }: Close): Row {
  if (isUntrusted) return untrusted;
  // as the end of a stream it says that another client has this one's place
  if (code === 409 && said === "stream") return replaced;
  return ROWS.get(code) ?? lost();
}
