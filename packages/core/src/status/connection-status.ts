import type { ErrorCode } from "../errors/error-table.ts";
import { readTime } from "../time/whole-time.ts";
import type { HealthFact } from "./health-fact.ts";

/** Why a connection waits. */
export type PendingReason =
  | "awaiting_scan"
  | "awaiting_code"
  | "passkey_required"
  | "restarting"
  | "syncing"
  | "verifying"
  | "needs_repair";

/** Why a connection is not linked. */
export type DisconnectedReason = "unlinked" | "replaced" | "silent" | "requested" | "connection_lost" | "phone_inactive";

const REASONS = [
  "credentials_rejected",
  "scope_missing",
  "app_mismatch",
  "token_expired",
  "number_mismatch",
  "pair_failed",
  "banned",
  "temporarily_banned",
  "locked",
  "client_outdated",
  "bridge_unreachable",
  "encryption_key_unknown",
  "sealed_value_invalid",
] as const;

/** Why a connection cannot work as it is; each is also an error code with its remedy. */
export type FailedReason = Extract<ErrorCode, (typeof REASONS)[number]>;

/** The four states that every channel is reduced to. */
export type ConnectionState = "connected" | "pending" | "disconnected" | "failed";

/** A limit that the vendor put on a number, beside its state. */
export interface Restriction {
  /** The vendor's word, in small letters, e.g. `restricted_biz_initiated_messaging`; `account_restriction` where it has none. */
  readonly reason: string;
  /** Milliseconds since the epoch; absent when the vendor names no end. */
  readonly until?: number;
}

/** Where a connection stands, since when, and why. */
export type ConnectionStatus = {
  /** Since when the state and reason are so, in milliseconds since the epoch. */
  readonly since: number;
  /** What the vendor limits, beside the state. */
  readonly restriction?: Restriction;
} & (
  | { readonly state: "connected" }
  | {
      readonly state: "pending";
      /** Why. */
      readonly reason: PendingReason;
    }
  | {
      readonly state: "disconnected";
      /** Why. */
      readonly reason: DisconnectedReason;
    }
  | {
      readonly state: "failed";
      /** Why. */
      readonly reason: FailedReason;
    }
);

/** What a status is computed from: three fields of a connection. */
export interface Health {
  /** As it was last written down. */
  readonly status: ConnectionStatus;
  /** Which session of the connection it is about. */
  readonly epoch: number;
  /** Milliseconds since the epoch. */
  readonly lastSeenAt?: number;
}

/** How a connection is, as a channel says it, and since when. */
export type HealthReport = {
  /** When it is so, in milliseconds since the epoch. */
  readonly at: number;
} & (
  | HealthFact
  | {
      readonly type: "step";
      /** What it waits for. */
      readonly step: PendingReason;
    }
);

/** What a channel reports about a connection. `epoch` names the session that speaks. */
export type Signal = HealthReport & {
  /** Which session of the connection speaks. */
  readonly epoch: number;
};

/** Narrows an error code to one that turns a connection to `failed`. */
export function isFailedReason(code: string): code is FailedReason {
  return (REASONS as readonly string[]).includes(code);
}

/** Whether a connection was disconnected on request, which only a reconnect undoes. */
export function isEnded(status: ConnectionStatus): boolean {
  return status.state === "disconnected" && status.reason === "requested";
}

const TOKEN_REASONS: readonly FailedReason[] = ["token_expired", "credentials_rejected", "scope_missing", "app_mismatch"];

/** Whether a connection failed because the vendor refused its credentials, and not for what the vendor has against the number. */
export function isOfTheToken(reason: FailedReason): boolean {
  return TOKEN_REASONS.includes(reason);
}

/** Folds one signal into a connection's health. Pure: same inputs, same health. */
export function nextStatus(current: Health, signal: Signal): Health {
  if (signal.epoch < current.epoch) return current;
  const { status } = current;
  // a vendor's time may be none, and would damage the row
  const at = readTime(signal.at) ?? status.since;
  const moved = (next: Target): Health => ({ ...current, epoch: signal.epoch, status: withSince(status, next, at) });
  switch (signal.type) {
    case "alive": {
      // a sign of life already in flight must not revive what the host has just disconnected
      if (isEnded(status) && signal.epoch === current.epoch) return current;
      const alive = moved({ state: "connected" });
      const lastSeenAt = Math.max(at, current.lastSeenAt ?? 0);
      return { ...alive, status: signal.unrestricted ? withoutRestriction(alive.status) : alive.status, lastSeenAt };
    }
    case "step":
      return moved({ state: "pending", reason: signal.step });
    case "closed":
      return isEnded(status) ? current : moved({ state: "disconnected", reason: signal.reason });
    case "failed":
      // one that was disconnected on request stays so, or it would count as in use again
      return isFailedReason(signal.code) && !isEnded(status) ? moved({ state: "failed", reason: signal.code }) : current;
    case "restricted": {
      const until = readTime(signal.until);
      const restriction = { reason: signal.reason, ...(until !== undefined && { until }) };
      return { ...current, epoch: signal.epoch, status: { ...status, restriction } };
    }
    case "unrestricted":
      return { ...current, epoch: signal.epoch, status: withoutRestriction(status) };
  }
}

/** The status as seen at `now`: silence and the end of a restriction are derived on read, so no timer has to write them. */
export function statusAt(health: Omit<Health, "epoch">, now: number, silenceLimitMs: number = Number.POSITIVE_INFINITY): ConnectionStatus {
  const { restriction, ...rest } = health.status;
  const kept = restriction && (restriction.until === undefined || restriction.until > now) ? { restriction } : {};
  const seenAt = health.lastSeenAt ?? rest.since;
  if (rest.state === "connected" && now - seenAt > silenceLimitMs) {
    return { state: "disconnected", reason: "silent", since: seenAt + silenceLimitMs, ...kept };
  }
  return { ...rest, ...kept };
}

function withoutRestriction({ restriction: _ended, ...rest }: ConnectionStatus): ConnectionStatus {
  return rest;
}

type Target =
  | { readonly state: "connected" }
  | { readonly state: "pending"; readonly reason: PendingReason }
  | { readonly state: "disconnected"; readonly reason: DisconnectedReason }
  | { readonly state: "failed"; readonly reason: FailedReason };

// `since` moves only when state or reason does
function withSince(status: ConnectionStatus, next: Target, at: number): ConnectionStatus {
  const reasonOf = (value: Target): string | undefined => ("reason" in value ? value.reason : undefined);
  const same = status.state === next.state && reasonOf(status) === reasonOf(next);
  const restriction = status.restriction ? { restriction: status.restriction } : {};
  return { ...next, since: same ? status.since : at, ...restriction };
}
