import type { Notice } from "../errors/notice.ts";
import type { Connection } from "../model/connection.ts";
import type { ConnectionStatus } from "../status/connection-status.ts";
import type { CoreWarning } from "../status/core-warning.ts";
import { utcText } from "../time/utc-text.ts";
import { readTime } from "../time/whole-time.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** A week has working days in it, so that somebody is there to make a new token; a token for a day is told of from the start. */
const TOKEN_LEAD_MS = 7 * DAY_MS;
/** A phone that lies in a drawer is asked for once it has been there for most of its time, and over no more than a long weekend. */
const PHONE_LEAD_MS = 4 * DAY_MS;

// what is derived is never what is stored: a view that was written back would say it twice, or for ever
const DERIVED: readonly string[] = [
  "token_expires",
  "token_expired",
  "phone_unseen",
  "phone_overdue",
  "quality_low",
] satisfies readonly CoreWarning["code"][];

/** What is to be warned of at `now`, when a row's status is this one: first what its facts and the time make of it, while it is connected, then what its channel said. */
export function warningsAt(
  { warnings, facts }: Pick<Connection, "warnings" | "facts">,
  status: ConnectionStatus,
  now: number,
  phoneLimitMs: number | undefined,
): readonly Notice[] {
  const stored = warnings.length === 0 ? warnings : warnings.flatMap(readWarning);
  if (facts === undefined || status.state !== "connected") return stored;
  const token = tokenWarning(facts.tokenExpiresAt, now);
  const phone = phoneWarning(facts.phoneSeenAt, now, phoneLimitMs);
  const quality = qualityWarning(facts.quality);
  // as a rule there is none, on the path of every event
  if (token === undefined && phone === undefined && quality === undefined) return stored;
  return [...[token, phone, quality].filter((warning) => warning !== undefined), ...stored];
}

// rows and channels from before there were codes hold texts
function readWarning(warning: unknown): readonly Notice[] {
  if (typeof warning === "string") return [{ code: "text", text: warning }];
  if (typeof warning !== "object" || warning === null || !("code" in warning)) return [];
  return DERIVED.includes(warning.code as string) ? [] : [warning as Notice];
}

function tokenWarning(end: unknown, now: number): CoreWarning | undefined {
  const at = readTime(end);
  if (at === undefined || at - now > TOKEN_LEAD_MS) return undefined;
  const values = { at };
  if (at <= now) {
    const text = `The access token expired on ${utcText(at)}: reconnect with one that does not expire, or sending is refused.`;
    return { code: "token_expired", values, text };
  }
  const text = `The access token expires on ${utcText(at)}, and sending stops then: reconnect with one that does not expire.`;
  return { code: "token_expires", values, text };
}

function phoneWarning(seen: unknown, now: number, limitMs: number | undefined): CoreWarning | undefined {
  const seenAt = readTime(seen);
  if (limitMs === undefined || seenAt === undefined) return undefined;
  const by = seenAt + limitMs;
  if (by - now > PHONE_LEAD_MS) return undefined;
  const values = { by, seenAt };
  if (by > now) return { code: "phone_unseen", values, text: `Open WhatsApp on this phone by ${utcText(by)}, or WhatsApp drops the link.` };
  const text = `The phone has not been heard of since ${utcText(seenAt)}: open WhatsApp on it now, WhatsApp may drop the link at any moment.`;
  return { code: "phone_overdue", values, text };
}

function qualityWarning(quality: unknown): CoreWarning | undefined {
  if (quality !== "low") return undefined;
  const text = "People block or report this number, and its limit may be lowered: write less often, and only to those who asked for it.";
  return { code: "quality_low", text };
}
