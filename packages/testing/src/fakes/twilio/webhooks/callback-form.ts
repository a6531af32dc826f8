import { wordingOf } from "../api/twilio-error.ts";
import type { TwilioMessage } from "../state.ts";
import type { Line } from "../world/lines.ts";

const EVENTS: Readonly<Record<string, string>> = { delivered: "DELIVERED", read: "READ", undelivered: "UNDELIVERED", failed: "FAILED" };

/** What a status callback carries, in the order in which Twilio has been seen to send it. */
export function callbackForm(
  line: Line,
  message: TwilioMessage,
  step: TwilioMessage["statuses"][number],
): readonly (readonly [string, string])[] {
  const event = EVENTS[step.status];
  const pairs: (readonly [string, string] | undefined)[] = [
    event === undefined ? undefined : ["EventType", event],
    ["SmsSid", message.sid],
    ["SmsStatus", step.status],
    ["MessageStatus", step.status],
    ["ChannelToAddress", masked(message.to.replace(/^whatsapp:/, ""))],
    ["To", message.to],
    ["ChannelPrefix", "whatsapp"],
    ["MessageSid", message.sid],
    ["AccountSid", message.accountSid],
    step.status === "sent" ? ["StructuredMessage", String(message.contentSid !== undefined)] : undefined,
    ...failure(step.code),
    ["From", message.from],
    ["ApiVersion", "2010-04-01"],
    ["ChannelInstallSid", line.installSid],
  ];
  return pairs.filter((pair) => pair !== undefined);
}

function failure(code: number | undefined): (readonly [string, string])[] {
  if (code === undefined) return [];
  return [
    ["ErrorCode", String(code)],
    ["ErrorMessage", wordingOf(code)],
    ["ChannelStatusMessage", wordingOf(code)],
  ];
}

function masked(address: string): string {
  return address.replace(/.{4}$/, "XXXX");
}
