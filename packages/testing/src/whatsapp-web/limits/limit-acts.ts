import type { Account } from "../directory/account.ts";
import type { World } from "../server/world.ts";
import type { AccountLimits, NewChatQuota, ReachoutLock } from "./account-limits.ts";
import type { PrivacyToken, PrivacyTokens } from "./privacy-tokens.ts";

/** What WhatsApp and a person let others do. */
export interface LimitActs {
  /** WhatsApp keeps the account from writing to people it has not written to before (463); undefined lifts it. Its clients are told, or have to ask. */
  lockReachout(lock: ReachoutLock | undefined, clients?: "told" | "untold"): void;
  /** WhatsApp counts whom the account writes to first; `CAPPED` refuses them (475). Its clients are told, or have to ask. */
  limitNewChats(quota: NewChatQuota, clients?: "told" | "untold"): void;
  /** Gives somebody a privacy token: the other's clients are told. */
  giveToken(to: { readonly jid: string }): PrivacyToken;
  /** The token that somebody, or a client of theirs, has given this person last; undefined where there is none. */
  tokenFrom(other: { readonly jid: string }): PrivacyToken | undefined;
  /** From now on strangers have to send the token along that this person has given them: 463 otherwise. A reply cures it too. */
  demandTokens(isOn?: boolean): void;
}

/** The acts of one account. */
export function limitActs(world: World, limits: AccountLimits, tokens: PrivacyTokens, account: Account): LimitActs {
  const accountOf = ({ jid }: { readonly jid: string }): Account => {
    const found = world.directory.find(jid);
    if (found === undefined) throw new Error(`${jid} is not on WhatsApp`);
    return found.account;
  };
  return {
    lockReachout: (lock, clients = "told") => limits.lockReachout(account, lock, clients),
    limitNewChats: (quota, clients = "told") => limits.limitNewChats(account, quota, clients),
    giveToken: (to) => tokens.give(account, accountOf(to)),
    tokenFrom: (other) => tokens.given(accountOf(other), account),
    demandTokens: (isOn = true) => tokens.demand(account, isOn),
  };
}
