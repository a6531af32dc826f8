import type { Account } from "../directory/account.ts";
import type { World } from "../server/world.ts";
import type { Mex } from "./mex.ts";

/** The lock that keeps an account from writing to people it has not written to before. */
export interface ReachoutLock {
  /** When it ends, in milliseconds since the epoch; a minute from then on where a client is told of none. */
  readonly until?: number;
  /** Why, in WhatsApp's words, such as `WEB_COMPANION_ONLY` or `BIZ_QUALITY`; `DEFAULT` where absent. */
  readonly type?: string;
}

/** How many people an account may write to first. */
export interface NewChatQuota {
  /** How near the limit is, in WhatsApp's words; with `CAPPED` a first message to somebody meets the error 475. */
  readonly status: "NONE" | "FIRST_WARNING" | "SECOND_WARNING" | "CAPPED";
  /** -1 where there is none. */
  readonly total: number;
  /** How many of `total` are used up: what is told to clients, and not counted by the server. */
  readonly used: number;
  /** Milliseconds since the epoch. */
  readonly from?: number;
  /** When the count begins anew, in milliseconds since the epoch; clients are told none where absent. */
  readonly until?: number;
}

/** What WhatsApp lets accounts do. */
export interface AccountLimits {
  lockReachout(account: Account, lock: ReachoutLock | undefined, clients: "told" | "untold"): void;
  limitNewChats(account: Account, quota: NewChatQuota, clients: "told" | "untold"): void;
  /** The error that a first message of one account to another meets; undefined where it is fine. */
  refusalOf(sender: Account, recipient: Account | undefined): number | undefined;
}

// the numbers under which Baileys 7.0.0-rc14 (Types/Mex.js) and zapo 1.8.0 (spec/mex) ask
const LOCK_QUERY = "23983697327930364";
const QUOTA_QUERY = "24503548349331633";
/** What a first message meets under the lock, or where the recipient wants a token (whatsmeow#1197). */
export const NO_REACHOUT = 463;
/** `NewChatMessagesCapped` (whatsapp-rust, wacore/src/protocol/nack.rs). */
const CAPPED = 475;
const NO_QUOTA: NewChatQuota = { status: "NONE", total: -1, used: 0 };

/** The room of limits: nobody is limited. */
export function accountLimits(world: World, { queries, notify }: Mex): AccountLimits {
  const locks = new Map<Account, ReachoutLock>();
  const quotas = new Map<Account, NewChatQuota>();
  const lockOf = (account: Account): ReachoutLock | undefined => {
    const lock = locks.get(account);
    return lock?.until !== undefined && lock.until <= world.clock.now() ? undefined : lock;
  };
  const lockText = (account: Account) => {
    const lock = lockOf(account);
    const until = lock?.until;
    return {
      is_active: lock !== undefined,
      time_enforcement_ends: until === undefined ? undefined : String(Math.floor(until / 1_000)),
      enforcement_type: lock?.type ?? "DEFAULT",
    };
  };
  const quotaText = (account: Account) => {
    const { status, total, used, from, until } = quotas.get(account) ?? NO_QUOTA;
    return {
      total_quota: total,
      used_quota: used,
      cycle_start_timestamp: from === undefined ? undefined : String(Math.floor(from / 1_000)),
      cycle_end_timestamp: until === undefined ? undefined : String(Math.floor(until / 1_000)),
      server_sent_timestamp: String(world.seconds()),
      ote_status: "NOT_ELIGIBLE",
      mv_status: "NOT_ELIGIBLE",
      capping_status: status,
    };
  };
  queries.set(LOCK_QUERY, (_variables, { account }) => ({ xwa2_fetch_account_reachout_timelock: lockText(account) }));
  queries.set(QUOTA_QUERY, (_variables, { account }) => ({ xwa2_message_capping_info: quotaText(account) }));
  return {
    lockReachout: (account, lock, clients) => {
      if (lock === undefined) locks.delete(account);
      else locks.set(account, lock);
      if (clients === "untold") return;
      notify(account, "NotificationUserReachoutTimelockUpdate", { xwa2_notify_account_reachout_timelock: lockText(account) });
    },
    limitNewChats: (account, quota, clients) => {
      quotas.set(account, quota);
      if (clients === "untold") return;
      notify(account, "MessageCappingInfoNotification", { xwa2_notify_new_chat_messages_capping_info_update: quotaText(account) });
    },
    refusalOf: (sender, recipient) => {
      if (recipient === undefined || recipient === sender || knowEachOther(sender, recipient)) return undefined;
      if (lockOf(sender) !== undefined) return NO_REACHOUT;
      return quotas.get(sender)?.status === "CAPPED" ? CAPPED : undefined;
    },
  };
}

/** Whether one of two people has written to the other before. */
export function knowEachOther(one: Account, other: Account): boolean {
  return one.wroteTo.has(other) || other.wroteTo.has(one);
}
