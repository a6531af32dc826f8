import { WadeskError } from "@wadesk/core";
import type { TwilioSecret } from "../details.ts";
import type { TwilioSettings } from "../options.ts";
import { readRoute } from "../wire/address.ts";
import type { Credentials } from "./client.ts";

/** Whose number it is. */
export interface Owner {
  readonly workspaceId: string;
  /** E.164. */
  readonly number: string;
}

/** The admin's account and newest token, for a number that is assigned to the workspace; nothing otherwise. */
export function adminCredentials(settings: TwilioSettings, { workspaceId, number }: Owner): Credentials | undefined {
  const { accountSid, senders } = settings;
  const authToken = settings.authToken.findLast((token) => token.trim() !== "");
  const assigned = senders.some((sender) => sender.workspaceId === workspaceId && sender.number === number);
  return assigned && accountSid !== undefined && authToken !== undefined ? { accountSid, authToken } : undefined;
}

/**
 * What a connection calls Twilio with: its own token, or the admin's as it now is, as long as the account is still that one and the number
 * still assigned. Rejects with `credentials_rejected` when there is none.
 */
export function credentialsOf(
  { route, workspaceId }: { readonly route: string; readonly workspaceId: string },
  secret: TwilioSecret | undefined,
  settings: TwilioSettings,
): Credentials & { readonly number: string } {
  const place = readRoute(route);
  if (place === undefined || secret === undefined) throw new WadeskError("credentials_rejected", { detail: "none are stored; reconnect" });
  const { accountSid, number } = place;
  if ("authToken" in secret) return { accountSid, number, authToken: secret.authToken };
  const admin = adminCredentials(settings, { workspaceId, number });
  if (admin?.accountSid !== accountSid) {
    throw new WadeskError("credentials_rejected", { detail: "the admin's account is no longer there for this number" });
  }
  return { ...admin, number };
}
