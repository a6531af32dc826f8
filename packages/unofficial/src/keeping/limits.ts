import type { Restriction } from "@wadesk/core";
import type { SocketEvents } from "../baileys/baileys.ts";
import type { UnofficialWarning } from "../warnings.ts";

/** The lock that keeps a number from writing to people it has not written to before, in Baileys' words. */
export type ReachoutLock = NonNullable<SocketEvents["connection.update"]["reachoutTimeLock"]>;

/** How many people a number may write to first, in WhatsApp's words. */
export type NewChatQuota = SocketEvents["message-capping.update"];

/** Both, as far as they are known. */
export interface Limits {
  readonly lock?: ReachoutLock | undefined;
  readonly quota?: NewChatQuota | undefined;
}

/** Under the lock nobody new is written to; it is WhatsApp's answer to a number that was reported or that wrote to many. */
const LOCKED = "new_chats_locked";
/** The number has written first to as many people as it may. */
const CAPPED = "new_chats_capped";

/** What limits a number at `now`: of two the one that ends later, and one without an end before all. Pure. */
export function restrictionOf({ lock, quota }: Limits, now: number): Restriction | undefined {
  const locked = lock?.isActive && restriction(LOCKED, lock.timeEnforcementEnds?.getTime());
  const capped = quota?.capping_status === "CAPPED" && restriction(CAPPED, secondsOf(quota.cycle_end_timestamp));
  const [longest] = [locked, capped]
    .filter((each) => each !== undefined && each !== false)
    .filter(({ until }) => until === undefined || until > now)
    .sort((one, other) => (other.until ?? Number.POSITIVE_INFINITY) - (one.until ?? Number.POSITIVE_INFINITY));
  return longest;
}

/** What was known of them by what a connection says, when a session of it is opened. Pure. */
export function limitsOf(restricted: Restriction | undefined): Limits {
  const { reason, until } = restricted ?? {};
  if (reason === LOCKED) return { lock: { isActive: true, ...(until !== undefined && { timeEnforcementEnds: new Date(until) }) } };
  if (reason !== CAPPED) return {};
  const end = until === undefined ? {} : { cycle_end_timestamp: String(until / 1000) };
  // as WhatsApp would say it
  return { quota: { capping_status: "CAPPED", ...end } as NewChatQuota };
}

/** What to warn of: WhatsApp warns twice before it stops a number. Pure. */
export function warningsOf({ quota }: Limits): readonly UnofficialWarning[] {
  if (quota === undefined || !/_WARNING$/.test(quota.capping_status ?? "")) return [];
  const used = Number(quota.used_quota ?? 0);
  const total = Number(quota.total_quota ?? 0);
  const text = `WhatsApp lets this number write first to ${total} people for now, and ${used} of them are used: leave it to people to write first.`;
  return [{ code: "new_chats_few", values: { used, total }, text }];
}

function restriction(reason: string, until: number | undefined): Restriction {
  return { reason, ...(until !== undefined && Number.isFinite(until) && { until }) };
}

// in seconds since the epoch, as a text or a number; 0 where there is none
function secondsOf(text: unknown): number | undefined {
  const seconds = Number(text);
  return seconds > 0 ? seconds * 1000 : undefined;
}
