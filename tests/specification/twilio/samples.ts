import type { Node } from "../file/patch.ts";

/** A request in the parts that the specification judges. */
export interface SampleRequest {
  readonly operation: string;
  /** Below the host. */
  readonly path: string;
  readonly body?: Node;
}

const SID = (prefix: string): string => prefix + "0123456789abcdef".repeat(2);
const MESSAGES = "POST /2010-04-01/Accounts/{AccountSid}/Messages.json";
const text = { To: "whatsapp:+5511999990000", From: "whatsapp:+14155238886", Body: "Olá" };
const message = (body: Node): SampleRequest => ({ operation: MESSAGES, path: `/2010-04-01/Accounts/${SID("AC")}/Messages.json`, body });

/** Our own requests that Twilio's pages allow. */
export const ACCEPTED_REQUESTS: Readonly<Record<string, SampleRequest>> = {
  "a text": message({ ...text, StatusCallback: "https://host.example/status#rc=3&rp=all" }),
  "a text of 1600 characters": message({ ...text, Body: "a".repeat(1600) }),
  "a text to a user id": message({ ...text, To: "whatsapp:BR.1A2b3C4d5E" }),
  "two files": message({ To: text.To, From: text.From, MediaUrl: ["https://files.example/a", "https://files.example/b"] }),
  "a template": message({ To: text.To, From: text.From, ContentSid: SID("HX"), ContentVariables: '{"1":"a"}' }),
  "a place": message({ ...text, PersistentAction: "geo:-23.5,-46.6|Rua 1" }),
  "senders of WhatsApp": { operation: "GET /v2/Channels/Senders", path: "/v2/Channels/Senders?Channel=whatsapp&PageSize=20" },
  "a sender's webhook": {
    operation: "POST /v2/Channels/Senders/{Sid}",
    path: `/v2/Channels/Senders/${SID("XE")}`,
    body: { webhook: { callback_url: "https://host.example/in", callback_method: "POST", fallback_url: null } },
  },
};

/** Requests that Twilio refuses, as its pages say. */
export const REFUSED_REQUESTS: Readonly<Record<string, SampleRequest>> = {
  "a message to nobody": message({ From: text.From, Body: text.Body }),
  "a message without a sender": message({ To: text.To, Body: text.Body }),
  "a message of nothing": message({ To: text.To, From: text.From }),
  "a message of 1601 characters": message({ ...text, Body: "a".repeat(1601) }),
  "a message to a name": message({ ...text, To: "whatsapp:Ana" }),
  "a template that is no SID": message({ To: text.To, From: text.From, ContentSid: "greeting" }),
  "senders of no channel": { operation: "GET /v2/Channels/Senders", path: "/v2/Channels/Senders" },
  "senders of a channel that there is not": { operation: "GET /v2/Channels/Senders", path: "/v2/Channels/Senders?Channel=telegram" },
  "an update of nothing": { operation: "POST /v2/Channels/Senders/{Sid}", path: `/v2/Channels/Senders/${SID("XE")}`, body: {} },
  "a webhook by GET": {
    operation: "POST /v2/Channels/Senders/{Sid}",
    path: `/v2/Channels/Senders/${SID("XE")}`,
    body: { webhook: { callback_method: "GET" } },
  },
};
