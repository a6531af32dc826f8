import { rfc2822 } from "../api/dates.ts";
import { wordingOf } from "../api/twilio-error.ts";
import type { TwilioMedia, TwilioMessage } from "../state.ts";

/** A message as the API writes it. */
export function messageResource(message: TwilioMessage): object {
  const uri = `/2010-04-01/Accounts/${message.accountSid}/Messages/${message.sid}`;
  const sentAt = message.statuses.find(({ status }) => status === "sent" || status === "received")?.at;
  return {
    body: message.body,
    num_segments: "1",
    direction: message.direction,
    from: message.from,
    date_updated: rfc2822(message.statuses.at(-1)?.at ?? message.createdAt),
    price: null,
    error_message: message.errorCode === undefined ? null : wordingOf(message.errorCode),
    uri: `${uri}.json`,
    account_sid: message.accountSid,
    num_media: String(message.numMedia),
    to: message.to,
    date_created: rfc2822(message.createdAt),
    status: message.status,
    sid: message.sid,
    date_sent: sentAt === undefined ? null : rfc2822(sentAt),
    messaging_service_sid: null,
    error_code: message.errorCode ?? null,
    price_unit: null,
    api_version: "2010-04-01",
    subresource_uris: { media: `${uri}/Media.json` },
  };
}

/** A file of a message as the API writes it. */
export function mediaResource(media: TwilioMedia): object {
  return {
    sid: media.sid,
    account_sid: media.accountSid,
    parent_sid: media.messageSid,
    content_type: media.contentType,
    date_created: rfc2822(media.createdAt),
    date_updated: rfc2822(media.createdAt),
    uri: `/2010-04-01/Accounts/${media.accountSid}/Messages/${media.messageSid}/Media/${media.sid}.json`,
  };
}
