import type { AccountState, TwilioState } from "../state.ts";
import type { ApiRequest } from "./api-request.ts";
import { notFound, twilioError } from "./twilio-error.ts";

/** Finds the account by Basic authentication: its SID and its Auth Token, the primary or the secondary one. Throws 20003. */
export function identifyAccount(state: TwilioState, request: ApiRequest): AccountState {
  const [scheme = "", encoded = ""] = (request.headers.get("authorization") ?? "").split(" ");
  const decoded = /^basic$/i.test(scheme) ? Buffer.from(encoded, "base64").toString("utf8") : "";
  const colon = decoded.indexOf(":");
  const account = state.accounts.get(decoded.slice(0, Math.max(0, colon)));
  const token = decoded.slice(colon + 1);
  if (!account || (token !== account.authToken && token !== account.secondaryToken)) throw refused();
  return account;
}

/**
 * Refuses an account that is suspended or closed, which Twilio tells with the same 20003 as a wrong token; a suspended one may still
 * read itself.
 * @see https://www.twilio.com/docs/api/errors/20003
 */
export function requireActive(account: AccountState, readsItself: boolean): void {
  if (account.status === "active" || (account.status === "suspended" && readsItself)) return;
  throw refused();
}

/** The account that the path names: the caller's own, or a subaccount of it. Any other is as if it were not there. */
export function accountOf(state: TwilioState, caller: AccountState, sid: string, pathname: string): AccountState {
  const account = state.accounts.get(sid);
  if (account && (account === caller || account.ownerSid === caller.sid)) return account;
  throw notFound(pathname);
}

function refused(): Error {
  return twilioError(20003, { headers: { "www-authenticate": 'Basic realm="Twilio API"' } });
}
