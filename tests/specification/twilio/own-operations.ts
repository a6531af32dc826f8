import type { Node } from "../file/patch.ts";

const text = { type: "string", minLength: 1 };

/** Twilio's error envelope, which none of the files describes. `detail` and `details` are there on some. */
export const TWILIO_ERROR: Node = {
  type: "object",
  required: ["code", "message", "more_info", "status"],
  properties: {
    code: { type: "integer" },
    message: text,
    more_info: { type: "string", pattern: "^https://www\\.twilio\\.com/docs/errors/\\d+$" },
    status: { type: "integer", minimum: 400, maximum: 599 },
  },
};

/** Where the bytes of a file lie, which is no part of the API. */
export const FILE_BYTES = "GET /{AccountSid}/{Key}";

/** Operations that the files lack: where a file of a message leads, and where its bytes lie. */
export const OWN_TWILIO_OPERATIONS: Readonly<
  Record<string, { readonly source: string; readonly needsCredentials: boolean; readonly status: number }>
> = {
  "GET /2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media/{Sid}": {
    source: "https://www.twilio.com/docs/messaging/api/media-resource#fetch-a-media-resource",
    needsCredentials: true,
    status: 307,
  },
  [FILE_BYTES]: {
    source: "https://www.twilio.com/docs/messaging/api/media-resource#fetch-a-media-resource",
    needsCredentials: false,
    status: 200,
  },
};

/**
 * The fields of an answer that our own code reads and that every answer has. The files require none: to them an empty object is a message.
 * `*` stands for each item of a list.
 */
export const NEEDED_FIELDS: Readonly<Record<string, readonly string[]>> = {
  "GET /2010-04-01/Accounts/{Sid}.json": ["sid", "status", "friendly_name", "type"],
  "POST /2010-04-01/Accounts/{AccountSid}/Messages.json": ["sid", "account_sid", "status", "from", "to", "error_code", "date_created"],
  "GET /2010-04-01/Accounts/{AccountSid}/Messages.json": ["messages", "messages/*/sid", "messages/*/status", "page_size", "next_page_uri"],
  "GET /2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json": ["sid", "status", "error_code", "error_message", "num_media"],
  "GET /2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media.json": ["media_list", "media_list/*/sid", "media_list/*/content_type"],
  "GET /2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media/{Sid}.json": ["sid", "content_type", "uri"],
  "GET /v2/Channels/Senders": ["senders", "senders/*/sid", "senders/*/sender_id", "senders/*/status", "meta/key", "meta/next_page_url"],
  "GET /v2/Channels/Senders/{Sid}": ["sid", "sender_id", "status", "webhook"],
  "POST /v2/Channels/Senders/{Sid}": ["sid", "sender_id", "status", "webhook"],
  "POST /v2/Indicators/Typing.json": ["success"],
  "GET /v1/Content": ["contents", "contents/*/sid", "contents/*/types", "meta/key", "meta/next_page_url"],
  "GET /v1/Content/{Sid}": ["sid", "language", "variables", "types"],
  "GET /v1/Content/{Sid}/ApprovalRequests": ["sid", "account_sid"],
  "GET /v1/ContentAndApprovals": ["contents", "contents/*/sid", "contents/*/approval_requests"],
};
