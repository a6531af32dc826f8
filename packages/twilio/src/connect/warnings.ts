import { isSameCallback, shownAddress } from "../wire/status-callback.ts";
import type { AccountFacts } from "./account.ts";
import type { SenderFacts } from "./sender.ts";

/** What is known once everything was checked. `sender` is absent in the sandbox; `callbacks` are the addresses of ours, best first, and none when none is configured. */
export interface Checked {
  readonly account: AccountFacts;
  readonly sender?: SenderFacts | undefined;
  readonly callbacks: readonly string[];
}

/** What the person should know though the connection works. */
export function warningsOf({ account, sender, callbacks }: Checked): readonly string[] {
  const [callback] = callbacks;
  const warnings: string[] = [];
  if (account.accountType === "Trial") {
    warnings.push(
      "This is a trial account: Twilio limits its messages a day, and some go to verified numbers only. Upgrade it for real use.",
    );
  }
  if (account.secondaryToken) {
    warnings.push(
      "This is the account's secondary Auth Token: sending works, but webhooks are signed with the primary one and are refused. Reconnect with that.",
    );
  }
  if (callback === undefined) {
    warnings.push(
      "No public address is set (publicUrl, or webhookUrl of the channel): messages go out, but no statuses come in, and behind a proxy no replies.",
    );
  }
  if (sender === undefined) {
    const where =
      callback === undefined ? "" : ` For replies, set ${shownAddress(callback)} under "When a message comes in" of its settings.`;
    warnings.push(`The sandbox is for tests: it reaches people only after they sent it its join words, and for three days.${where}`);
  } else if (callback !== undefined && !callbacks.some((each) => isSameCallback(sender.callbackUrl, each))) {
    warnings.push(
      `The sender's webhook is not this application's, so replies do not come in: set ${shownAddress(callback)} in the sender's or its Messaging Service's settings.`,
    );
  }
  return warnings;
}
