import { type FieldIssue, WadeskError } from "@wadesk/core";
import type { Credentials } from "../api/client.ts";
import { adminCredentials } from "../api/credentials.ts";
import type { TwilioSecret } from "../details.ts";
import type { TwilioInput } from "../input/twilio-input.ts";
import type { TwilioSettings } from "../options.ts";

/** Twilio's shared test number. */
const SANDBOX_NUMBER = "+14155238886";

/** Which number is to be connected, with which credentials, and what is to be sealed of them. */
export interface Origin {
  readonly number: string;
  readonly credentials: Credentials;
  readonly secret: TwilioSecret;
}

/**
 * Decides whose credentials count: those that were typed, both of them, or the admin's where both are blank and the number is assigned to
 * this workspace. Rejects with `input_invalid`, in the same words whether the number is unknown, unassigned or somebody else's.
 */
export function originOf(input: TwilioInput, settings: TwilioSettings, workspaceId: string): Origin {
  const accountSid = input.accountSid?.trim() ?? "";
  const authToken = input.authToken?.trim() ?? "";
  if (accountSid === "" && authToken === "") return inherited(input, settings, workspaceId);
  if (authToken === "") throw refused("authToken", "is missing; an Account SID needs its own Auth Token");
  if (accountSid === "") throw refused("accountSid", "is missing; an Auth Token needs its Account SID");
  const number = input.from || (input.mode === "sandbox" ? SANDBOX_NUMBER : undefined);
  if (number === undefined) throw refused("from", "is missing; it is the number of the WhatsApp sender");
  return { number, credentials: { accountSid, authToken }, secret: { authToken } };
}

function inherited(input: TwilioInput, settings: TwilioSettings, workspaceId: string): Origin {
  const number = input.from || (input.mode === "sandbox" ? SANDBOX_NUMBER : onlyAssigned(settings, workspaceId));
  const credentials = number === undefined ? undefined : adminCredentials(settings, { workspaceId, number });
  if (number === undefined || credentials === undefined) {
    throw refused(
      "accountSid",
      "is missing: fill in the Account SID and Auth Token of your own account, or ask the administrator to assign a number to this workspace",
    );
  }
  return { number, credentials, secret: { inherited: true } };
}

// the sandbox's shared number is meant only when it is asked for
function onlyAssigned({ senders }: TwilioSettings, workspaceId: string): string | undefined {
  const numbers = senders.filter((sender) => sender.workspaceId === workspaceId && sender.number !== SANDBOX_NUMBER);
  return numbers.length === 1 ? numbers[0]?.number : undefined;
}

function refused(field: string, message: string): WadeskError {
  // whatever is wrong here, something is not there
  const issues: readonly FieldIssue[] = [{ field, code: "required", message }];
  return new WadeskError("input_invalid", { issues, detail: `${field} ${message}` });
}
