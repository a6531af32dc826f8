import type { Notice } from "@wadesk/core";
import { isSameCallback, shownAddress } from "../wire/status-callback.ts";
import type { AccountFacts } from "./account.ts";
import type { SenderFacts } from "./sender.ts";

/** What is known once everything was checked. `sender` is absent in the sandbox; `callbacks` are the addresses of ours, best first, and none when none is configured. */
export interface Checked {
  readonly account: AccountFacts;
  readonly sender?: SenderFacts | undefined;
  readonly callbacks: readonly string[];
}

/** What is warned of on a number of Twilio's, beside core's own warnings. */
export type TwilioWarning =
  /** The account is a trial account. */
  | Notice<"trial_account">
  /** The token is the account's secondary one, which signs no webhook. */
  | Notice<"secondary_token">
  /** Neither `publicUrl` nor `webhookUrl` is set, so no statuses come in. */
  | Notice<"public_url_missing">
  /** The number is the sandbox's; `address` is where its replies should be sent, where that is known. */
  | Notice<"sandbox", { readonly address: string }>
  /** The sender's webhook leads elsewhere; it should be `address`. */
  | Notice<"webhook_elsewhere", { readonly address: string }>;

/** What the person should know though the connection works. */
export function warningsOf({ account, sender, callbacks }: Checked): readonly TwilioWarning[] {
  const [callback] = callbacks;
  const warnings: TwilioWarning[] = [];
  if (account.accountType === "Trial") {
    const text =
      "This is a trial account: Twilio limits its messages a day, and some go to verified numbers only. Upgrade it for real use.";
    warnings.push({ code: "trial_account", text });
  }
  if (account.secondaryToken) {
    const text =
      "This is the account's secondary Auth Token: sending works, but webhooks are signed with the primary one and are refused. Reconnect with that.";
    warnings.push({ code: "secondary_token", text });
  }
  if (callback === undefined) {
    const text =
      "No public address is set (publicUrl, or webhookUrl of the channel): messages go out, but no statuses come in, and behind a proxy no replies.";
    warnings.push({ code: "public_url_missing", text });
  }
  const address = callback === undefined ? undefined : shownAddress(callback);
  if (sender === undefined) {
    const where = address === undefined ? "" : ` For replies, set ${address} under "When a message comes in" of its settings.`;
    const text = `The sandbox is for tests: it reaches people only after they sent it its join words, and for three days.${where}`;
    warnings.push({ code: "sandbox", ...(address !== undefined && { values: { address } }), text });
  } else if (address !== undefined && !callbacks.some((each) => isSameCallback(sender.callbackUrl, each))) {
    const text = `The sender's webhook is not this application's, so replies do not come in: set ${address} in the sender's or its Messaging Service's settings.`;
    warnings.push({ code: "webhook_elsewhere", values: { address }, text });
  }
  return warnings;
}
