import { isWadeskError, WadeskError } from "@wadesk/core";
import type TwilioClient from "twilio/lib/rest/Twilio.js";
import { answered, type Credentials } from "../api/client.ts";

/** What Twilio says of an account that is active. */
export interface AccountFacts {
  readonly friendlyName?: string;
  /** `Trial` or `Full`. */
  readonly accountType?: string;
  /** Whether the token is the account's other one, which calls the API but signs no webhook. */
  readonly secondaryToken: boolean;
}

const AUTH_TOKEN = /^[0-9a-f]{32}$/i;

/** Asks for the account. Rejects with `credentials_rejected` when account and token do not fit, and with `locked` when it is not active. */
export async function checkAccount(client: TwilioClient, { accountSid, authToken }: Credentials): Promise<AccountFacts> {
  const account = await answered(client.api.v2010.accounts(accountSid).fetch()).catch(rejectUnknown);
  if (account.sid !== accountSid) throw new WadeskError("credentials_rejected", { detail: "Twilio answered for another account" });
  const status: string = account.status;
  if (status !== "active") throw new WadeskError("locked", { detail: `the Twilio account is ${status}; see Twilio's console` });
  const { friendlyName, type } = account;
  const primary: unknown = account.authToken;
  return {
    ...(friendlyName && { friendlyName }),
    ...(type && { accountType: type }),
    secondaryToken: typeof primary === "string" && AUTH_TOKEN.test(primary) && primary !== authToken,
  };
}

function rejectUnknown(error: unknown): never {
  const unknown = isWadeskError(error) && error.vendor?.code === 20404;
  if (!unknown) throw error;
  throw new WadeskError("credentials_rejected", {
    detail: "Twilio does not know this Account SID; copy it again from the console",
    ...(error.vendor && { vendor: error.vendor }),
  });
}
