import type { FieldKinds } from "@wadesk/core/ports";
import type { FaultKinds, KindsOf } from "../../stage/check-given.ts";
import type { FakeTwilio, FakeTwilioOptions, TwilioContact } from "../fake-twilio.ts";
import type { TwilioFault } from "../faults.ts";
import type { TwilioPace } from "../messages/fate.ts";
import type { TwilioWebhook } from "../state.ts";

/** What the fake itself is made with. */
export const FAKE_OPTIONS: FieldKinds<FakeTwilioOptions> = { clock: "object", randomId: "function", fetch: "function", pace: "object" };

/** How long each step takes. */
export const PACE: FieldKinds<TwilioPace> = { sentMs: "number", deliveredMs: "number", readMs: "number", replyMs: "number" };

/** What the fake's functions may be given. */
export const GIVEN: KindsOf<FakeTwilio, "listen" | "addAccount" | "addSender" | "addContent" | "addContact" | "addFile"> = {
  listen: { port: "number" },
  addAccount: { sid: "text", authToken: "text", friendlyName: "text", status: "text", type: "text", ownerSid: "text" },
  addSender: { accountSid: "text", number: "text", sid: "text", status: "text", name: "text", webhook: "object" },
  addContent: {
    accountSid: "text",
    sid: "text",
    friendlyName: "text",
    language: "text",
    variables: "object",
    types: "object",
    approval: "text",
    category: "text",
  },
  addContact: {
    phone: "text",
    userId: "text",
    name: "text",
    onWhatsApp: "flag",
    reachable: "flag",
    reads: "flag",
    hidesPhone: "flag",
  },
  addFile: { url: "text", contentType: "text", bytes: "any", size: "number", status: "number" },
};

/** What a person's functions may be given. */
export const GIVEN_TO_CONTACT: KindsOf<TwilioContact, "change"> = {
  change: { onWhatsApp: "flag", reachable: "flag", reads: "flag", blocks: "flag" },
};

/** Where Twilio calls. */
export const WEBHOOK: FieldKinds<TwilioWebhook> = {
  callbackUrl: "text",
  callbackMethod: "text",
  fallbackUrl: "text",
  fallbackMethod: "text",
  statusCallbackUrl: "text",
  statusCallbackMethod: "text",
};

/** What each fault may have. */
export const FAULTS: FaultKinds<TwilioFault> = {
  credentials_rejected: {},
  rate_limited: { waitMs: "number" },
  refused: { code: "number", status: "number", message: "text" },
  connection_dropped: {},
  answer_lost: {},
  server_error: { status: "number", envelope: "flag" },
  slow_answer: { byMs: "number" },
  failed_status: { code: "number", status: "text" },
  status_before_answer: {},
  webhooks_duplicated: { copies: "number" },
  webhooks_reordered: { count: "number" },
  webhooks_held: {},
  link_expired: {},
  file_moved: { location: "text" },
  file_spoiled: {},
  file_cut: { afterBytes: "number" },
};
