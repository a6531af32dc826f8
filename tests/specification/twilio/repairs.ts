import type { Patch } from "../file/patch.ts";
import { type Node, pointerTo } from "../file/patch.ts";

/** One repair of Twilio's files: where, what, the page that says so, and a request of {@link REFUSED_REQUESTS} that is accepted without it. */
export interface TwilioRepair {
  readonly at: string;
  readonly patch: Patch;
  readonly page: string;
  readonly refuses: string;
}

const MESSAGE = "https://www.twilio.com/docs/messaging/api/message-resource";
const SENDERS = "https://www.twilio.com/docs/whatsapp/api/senders";
const MESSAGES = "/2010-04-01/Accounts/{AccountSid}/Messages.json";
const form = (...parts: readonly string[]): string =>
  pointerTo("paths", MESSAGES, "post", "requestBody", "content", "application/x-www-form-urlencoded", "schema", ...parts);
const sender = (...parts: readonly string[]): string =>
  pointerTo("components", "schemas", "messaging.v2.channels_sender.requests.update", ...parts);
const oneOf = (...names: readonly string[]): Node => ({ anyOf: names.map((name) => ({ required: [name] })) });

/** What the files say in words only. */
export const TWILIO_REPAIRS: readonly TwilioRepair[] = [
  {
    at: form("allOf"),
    patch: { add: [oneOf("From", "MessagingServiceSid"), oneOf("Body", "MediaUrl", "ContentSid")] },
    page: `${MESSAGE}#create-a-message`,
    refuses: "a message without a sender",
  },
  {
    at: form("properties", "Body", "maxLength"),
    patch: { add: 1600 },
    page: `${MESSAGE}#create-a-message`,
    refuses: "a message of 1601 characters",
  },
  {
    at: pointerTo("paths", "/v2/Channels/Senders", "get", "parameters", "0", "schema", "enum"),
    patch: { add: ["whatsapp", "rcs"] },
    page: SENDERS,
    refuses: "senders of a channel that there is not",
  },
  {
    at: sender("minProperties"),
    patch: { add: 1 },
    page: "https://www.twilio.com/docs/api/errors/63100",
    refuses: "an update of nothing",
  },
];
