import type { AccountChanged } from "@wadesk/core";
import type { HealthFact, InboundEvent } from "@wadesk/core/ports";
import { asNumber, asRecord, asText, present, type Wire } from "../../wire/wire.ts";
import { ofAccount, type Source } from "../source.ts";
import { healthOfRestriction, restrictionsOf, SCHEDULED_FOR_DISABLE, violationOf } from "./health.ts";

/** What a kind of account update says beside its name. */
interface Row {
  readonly value?: (value: Wire) => string | undefined;
  readonly health?: (value: Wire) => HealthFact | undefined;
}

const banState = (value: Wire): string | undefined => asText(asRecord(value.ban_info)?.waba_ban_state);

const BANS: ReadonlyMap<unknown, HealthFact> = new Map<unknown, HealthFact>([
  ["DISABLE", { type: "failed", code: "banned" }],
  ["SCHEDULE_FOR_DISABLE", { type: "restricted", reason: SCHEDULED_FOR_DISABLE }],
  // whether it was closed or was going to be
  ["REINSTATE", { type: "alive", unrestricted: true }],
]);

const closed =
  (reason: "unlinked" | "phone_inactive"): (() => HealthFact) =>
  () => ({ type: "closed", reason });

const disconnection = (value: Wire): string | undefined => asText(asRecord(value.disconnection_info)?.reason);

const UPDATES: ReadonlyMap<string, Row> = new Map<string, Row>([
  ["DISABLED_UPDATE", { value: banState, health: (value) => BANS.get(banState(value)) }],
  ["ACCOUNT_RESTRICTION", { value: (value) => restrictionsOf(value) ?? violationOf(value), health: healthOfRestriction }],
  ["ACCOUNT_VIOLATION", { value: violationOf, health: healthOfRestriction }],
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

/** Reads the state of the business that owns the account. */
export function readBusinessStatus(value: Wire, source: Source, events: InboundEvent[]): void {
  const event = asText(value.event);
  if (event !== undefined) push(value, source, events, { change: "business_status", value: event, part: asText(value.business_id) });
}

/**
 * Reads what became of a partner's solution. The entry is then the partner's portfolio.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/partner_solutions
 */
export function readPartnerSolution(value: Wire, source: Source, events: InboundEvent[]): void {
  const event = asText(value.event);
  if (event === undefined) return;
  push(value, source, events, { change: event.toLowerCase(), value: asText(value.solution_status), part: asText(value.solution_id) });
}

/**
 * Reads the state of a way to be paid, e.g. `Active`.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/payment_configuration_update
 */
export function readPaymentConfiguration(value: Wire, source: Source, events: InboundEvent[]): void {
  const part = asText(value.configuration_name);
  const status = asText(value.status);
  if (part === undefined && status === undefined) return;
  push(value, source, events, { change: "payment_configuration", value: status, part });
}

/** Reads a form's new status, or an alert about its endpoint. */
export function readFlow(value: Wire, source: Source, events: InboundEvent[]): void {
  const change = asText(value.event);
  if (change === undefined) return;
  const data = { ...present({ flowId: asText(value.flow_id) }), change: change.toLowerCase(), raw: value };
  events.push({ ...ofAccount(source, value), type: "flow.changed", at: source.at, data });
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
  readonly part?: string | undefined;
  readonly health?: HealthFact | undefined;
}

function push(raw: Wire, source: Source, events: InboundEvent[], { change, value, part, health }: Change): void {
  const data: AccountChanged = { change, ...present({ value, part }), raw };
  events.push({ ...ofAccount(source, raw), type: "account.changed", at: source.at, data, ...(health && { health }) });
}
