import { isWadeskError } from "@wadesk/core";
import type { ProbeContext, ProbeFinding } from "@wadesk/core/ports";
import { openTwilio } from "../api/client.ts";
import type { Transport, TwilioSettings } from "../options.ts";
import { checkAccount } from "./account.ts";

/** Whether the account and its newest token belong together; nothing where there is no account, so that nobody inherits one. */
export async function probeAccount(transport: Transport, context: ProbeContext<TwilioSettings>): Promise<readonly ProbeFinding[]> {
  const { accountSid, authToken } = await context.settings();
  const newest = authToken.findLast((token) => token.trim() !== "");
  if (accountSid === undefined)
    return newest === undefined ? [] : [bad("account_missing", "an Auth Token is set, and no Account SID that it is of")];
  if (newest === undefined)
    return [bad("auth_token_missing", "no Auth Token is set, so the account's webhooks are refused: paste the primary one")];
  try {
    const { secondaryToken } = await checkAccount(await openTwilio(transport, context, { accountSid, authToken: newest }), {
      accountSid,
      authToken: newest,
    });
    if (!secondaryToken) return [{ ok: true, code: "auth_token_matches", text: "the Account SID and the Auth Token belong together" }];
    return [bad("auth_token_secondary", "this is the secondary Auth Token, which signs no webhook: paste the primary one")];
  } catch (error) {
    if (!isWadeskError(error) || error.remedy === "retry" || error.remedy === "wait") throw error;
    return [bad(error.code === "locked" ? "account_locked" : "auth_token_refused", error.message)];
  }
}

/** Whether Twilio can be told an address that nobody listens in on. */
export async function probeWebhookUrl({ publicUrl, settings }: ProbeContext<TwilioSettings>): Promise<readonly ProbeFinding[]> {
  const { webhookUrl } = await settings();
  const address = webhookUrl === undefined ? publicUrl : new URL(webhookUrl);
  if (address === undefined) {
    return [
      bad(
        "webhook_url_missing",
        "there is neither webhookUrl nor publicUrl: no statuses come in, and an inbound message is accepted only where no proxy rewrites the address that Twilio calls and signs; set publicUrl",
      ),
    ];
  }
  const values = { origin: address.origin };
  if (address.protocol !== "https:")
    return [bad("webhook_url_insecure", "whoever listens on the way reads every message: use an https address", values)];
  return [{ ok: true, code: "webhook_url_set", values, text: "the address that Twilio calls is set" }];
}

function bad(code: string, text: string, values: ProbeFinding["values"] = {}): ProbeFinding {
  return { ok: false, code, values, text };
}
