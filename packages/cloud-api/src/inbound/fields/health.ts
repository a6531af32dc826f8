import type { ErrorCode } from "@wadesk/core";
import type { HealthFact } from "@wadesk/core/ports";
import { asList, asRecord, asText, asTime, type Wire } from "../../wire/wire.ts";

const TELLING: readonly ErrorCode[] = ["banned", "temporarily_banned", "locked"];

/**
 * What a failed message says about its connection. Only a ban or a lock speaks for all messages; a token is not judged by a webhook,
 * since the message may have been sent with an older one.
 */
export function healthOfFailure(code: ErrorCode): HealthFact | undefined {
  return TELLING.includes(code) ? { type: "failed", code } : undefined;
}

/** The restriction of an account that Meta is going to close. Only its webhooks tell of it. */
export const SCHEDULED_FOR_DISABLE = "scheduled_for_disable";

/** The kinds of restriction that an account update lists, as one text. */
export function restrictionsOf(value: Wire): string | undefined {
  return asText(restrictionInfo(value).flatMap(typeOf).join(" ").toLowerCase());
}

/** The kind of violation that an account update is about. */
export function violationOf(value: Wire): string | undefined {
  return asText(asRecord(value.violation_info)?.violation_type);
}

// Meta's words for what is over: a ban that was lifted, a rate that recovered
const LIFTED = /_(UNBAN|RECOVERY)$/;
const WARNING = /_WARN$/;
const OF_CALLS = /CALL/;

/**
 * What a restriction or a violation says about the connections of an account. One that is lifted comes under the same name as one that begins,
 * told apart by the kind of violation and without a list of restrictions; a warning changes nothing; what concerns calls leaves messages alone.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/direct-send/integrity-and-content-guidelines
 */
export function healthOfRestriction(value: Wire): HealthFact | undefined {
  const violation = violationOf(value) ?? "";
  if (WARNING.test(violation)) return undefined;
  const listed = restrictionInfo(value).filter((item) => !typeOf(item).some((type) => OF_CALLS.test(type)));
  const reason = asText(listed.flatMap(typeOf).join(" ").toLowerCase());
  if (listed.length > 0) {
    const ends = listed.map((item) => endOf(asRecord(item)?.expiration));
    // one without an end outlasts those that have one
    const until = ends.includes(0) ? undefined : Math.max(...ends);
    return { type: "restricted", reason: reason ?? "account_restriction", ...(until !== undefined && { until }) };
  }
  if (LIFTED.test(violation)) return OF_CALLS.test(violation) ? undefined : { type: "unrestricted" };
  const silent = value.restriction_info === undefined && violation === "";
  return silent && value.event === "ACCOUNT_RESTRICTION" ? { type: "restricted", reason: "account_restriction" } : undefined;
}

function restrictionInfo(value: Wire): readonly unknown[] {
  return asList(value.restriction_info);
}

function typeOf(item: unknown): readonly string[] {
  return asText(asRecord(item)?.restriction_type)?.split(" ") ?? [];
}

// seconds, as Meta documents it; those who pass Meta's webhooks on write a date
function endOf(value: unknown): number {
  const written = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return asTime(value, Number.isFinite(written) ? written : 0);
}
