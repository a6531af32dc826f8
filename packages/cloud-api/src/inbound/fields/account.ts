import type { AccountChanged, HealthFact, InboundEvent } from "@wadesk/core";
import { ofAccount, type Source } from "../source.ts";
import { asList, asNumber, asRecord, asText, asTime, type Wire } from "../wire.ts";

/** What a kind of account update says beside its name. */
interface Row {
  readonly value?: (value: Wire) => string | undefined;
  readonly health?: (value: Wire) => HealthFact | undefined;
}

const banState = (value: Wire): string | undefined => asText(asRecord(value.ban_info)?.waba_ban_state);

const BANS: ReadonlyMap<unknown, HealthFact> = new Map<unknown, HealthFact>([
  ["DISABLE", { type: "failed", code: "banned" }],
  ["SCHEDULE_FOR_DISABLE", { type: "restricted", reason: "scheduled_for_disable" }],
  ["REINSTATE", { type: "alive" }],
]);

const restrictions = (value: Wire): string | undefined => {
  const types = asList(value.restriction_info).flatMap((item) => asText(asRecord(item)?.restriction_type) ?? []);
  return types.length === 0 ? undefined : types.join(" ").toLowerCase();
};

function restricted(value: Wire): HealthFact {
  const ends = asList(value.restriction_info).map((item) => asTime(asRecord(item)?.expiration, 0));
  // one without an end outlasts those that have one
  const until = ends.length > 0 && !ends.includes(0) ? Math.max(...ends) : undefined;
  return { type: "restricted", reason: restrictions(value) ?? "account_restriction", ...(until !== undefined && { until }) };
}

const closed =
  (reason: "unlinked" | "phone_inactive"): (() => HealthFact) =>
  () => ({ type: "closed", reason });

const disconnection = (value: Wire): string | undefined => asText(asRecord(value.disconnection_info)?.reason);

const UPDATES: ReadonlyMap<string, Row> = new Map<string, Row>([
  ["DISABLED_UPDATE", { value: banState, health: (value) => BANS.get(banState(value)) }],
  ["ACCOUNT_RESTRICTION", { value: restrictions, health: restricted }],
  ["ACCOUNT_VIOLATION", { value: (value) => asText(asRecord(value.violation_info)?.violation_type) }],
  ["ACCOUNT_DELETED", { health: closed("unlinked") }],
  ["PARTNER_REMOVED", { value: disconnection, health: closed("unlinked") }],
  ["PARTNER_APP_UNINSTALLED", { health: closed("unlinked") }],
  ["ACCOUNT_OFFBOARDED", { value: disconnection, health: closed("phone_inactive") }],
  ["ACCOUNT_RECONNECTED", { health: () => ({ type: "alive" }) }],
  ["BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE", { value: (value) => asText(value.country) }],
  ["PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE", { value: (value) => asText(asRecord(value.partner_client_certification_info)?.status) }],
]);

/** Reads a change of the account itself: a ban, a restriction, a violation, its removal from the app. */
export function readAccountUpdate(value: Wire, source: Source, events: InboundEvent[]): void {
  const event = asText(value.event);
  if (event === undefined) return;
  const row = UPDATES.get(event);
  push(value, source, events, { change: event.toLowerCase(), value: row?.value?.(value), health: row?.health?.(value) });
}

/** Reads Meta's alerts, e.g. that a limit is not raised. */
export function readAccountAlert(value: Wire, source: Source, events: InboundEvent[]): void {
  const alert = asText(asRecord(value.alert_info)?.alert_type) ?? asText(value.alert_type);
  if (alert === undefined) return;
  push(value, source, events, { change: "alert", value: alert });
}

/** Reads the outcome of the account's review. */
export function readAccountReview(value: Wire, source: Source, events: InboundEvent[]): void {
  const decision = asText(value.decision);
  if (decision !== undefined) push(value, source, events, { change: "review", value: decision });
}

const LIMITS = ["max_daily_conversations_per_business", "max_daily_conversation_per_phone", "max_phone_numbers_per_waba"] as const;

/** Reads what the account may do: how many conversations a day, how many numbers. */
export function readCapability(value: Wire, source: Source, events: InboundEvent[]): void {
  const limit = LIMITS.map((field) => asText(value[field]) ?? asNumber(value[field])?.toString()).find((text) => text !== undefined);
  push(value, source, events, { change: "capability", value: limit });
}

interface Change {
  readonly change: string;
  readonly value?: string | undefined;
  readonly health?: HealthFact | undefined;
}

function push(raw: Wire, source: Source, events: InboundEvent[], { change, value, health }: Change): void {
  const data: AccountChanged = { change, ...(value !== undefined && { value }), raw };
  events.push({ ...ofAccount(source, raw), type: "account.changed", at: source.at, data, ...(health && { health }) });
}
