import type { ErrorCode } from "@wadesk/core";

/** What one of Meta's codes means to us: our code, how long to wait at least, and what exactly to do where our text says too little. */
export interface MetaErrorRow {
  readonly code: ErrorCode;
  /** Milliseconds. */
  readonly retryAfterMs?: number;
  readonly fix?: string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const row = (code: ErrorCode, fix?: string, retryAfterMs?: number): MetaErrorRow => ({
  code,
  ...(fix !== undefined && { fix }),
  ...(retryAfterMs !== undefined && { retryAfterMs }),
});

const SCOPES = "generate a System User token with whatsapp_business_messaging and whatsapp_business_management";
const NEW_TOKEN = "generate a permanent System User token";
const PIN = "the two-step verification PIN";

/**
 * Meta's codes as ours, for answers of the API and for failed statuses alike. A key is a code, or `code/subcode` where the subcode
 * tells more.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
 */
export const META_ERRORS: ReadonlyMap<string, MetaErrorRow> = new Map<string, MetaErrorRow>([
  // token, app and permissions
  ["0", row("token_expired", NEW_TOKEN)],
  ["3", row("scope_missing", SCOPES)],
  ["10", row("scope_missing", SCOPES)],
  ["33", row("number_mismatch", "Meta no longer knows this phone number: it was deleted or moved")],
  ["100/33", row("number_mismatch", "Meta does not know this id, or the token may not see it")],
  ["102", row("token_expired", NEW_TOKEN)],
  ["104", row("credentials_rejected")],
  ["190", row("token_expired", NEW_TOKEN)],
  ["190/460", row("token_expired", "the password of the token's owner was changed; generate a permanent System User token")],
  ["190/463", row("token_expired", "it has expired; a System User token does not")],
  ["190/467", row("token_expired", "it was revoked; generate a new System User token")],
  ["200", row("scope_missing", SCOPES)],
  ["803", row("number_mismatch", "Meta does not know this id")],
  ["131005", row("scope_missing", SCOPES)],

  // Meta itself
  ["1", row("provider_unavailable")],
  ["2", row("provider_unavailable")],
  ["131000", row("provider_unavailable")],
  ["131016", row("provider_unavailable")],
  ["131057", row("provider_unavailable", "the account is in maintenance", 5 * MINUTE)],
  ["133004", row("provider_unavailable")],

  // rates
  ["4", row("rate_limited", "the app's calls", 5 * MINUTE)],
  ["17", row("rate_limited", undefined, 5 * MINUTE)],
  ["613", row("rate_limited", undefined, MINUTE)],
  ["80007", row("rate_limited", "the account's calls", 5 * MINUTE)],
  ["80008", row("rate_limited", "the account's template calls", 5 * MINUTE)],
  ["130429", row("rate_limited", "messages of this number", SECOND)],
  ["131048", row("spam_limited", undefined, HOUR)],
  ["131056", row("pair_rate_limited", "one message in six seconds", 6 * SECOND)],

  // the account
  ["368", row("temporarily_banned", "policy violations; see the account's quality in WhatsApp Manager")],
  ["130497", row("recipient_unreachable", "the account may not message people in this country")],
  ["131031", row("locked", "see the account's quality in WhatsApp Manager")],
  ["131037", row("provider_refused", "the number's display name must be approved first")],
  ["131042", row("payment_required", "check the payment method in WhatsApp Manager")],
  ["134011", row("payment_required", "accept the terms of WhatsApp Payments")],

  // the number
  ["131045", row("number_not_registered", "its registration failed; register it again")],
  ["133000", row("number_registration_failed", "deregister it again, then register it")],
  ["133005", row("number_registration_failed", `${PIN} is wrong`)],
  ["133006", row("number_registration_failed", "verify the number again before registering it")],
  ["133008", row("number_registration_failed", `${PIN} was guessed too often`, 12 * HOUR)],
  ["133009", row("number_registration_failed", `${PIN} was entered too fast`, MINUTE)],
  ["133010", row("number_not_registered")],
  ["133015", row("number_registration_failed", "it was deleted a moment ago", 5 * MINUTE)],
  ["133016", row("number_registration_failed", "too many attempts within 72 hours", 72 * HOUR)],

  // the recipient
  ["130472", row("marketing_limited", "the recipient is part of an experiment of Meta's", 24 * HOUR)],
  ["131021", row("recipient_invalid", "sender and recipient are the same number")],
  ["131026", row("recipient_unreachable")],
  ["131030", row("recipient_not_allowed")],
  ["131047", row("window_closed")],
  ["131049", row("marketing_limited", undefined, 24 * HOUR)],
  ["131050", row("recipient_opted_out", "they stopped marketing messages")],
  ["131062", row("recipient_invalid", "one-tap, zero-tap and copy-code templates need a phone number, not a user id")],

  // the content
  ["100", row("provider_refused")],
  ["130501", row("content_unsupported")],
  ["131008", row("content_invalid", "a required field is missing")],
  ["131009", row("content_invalid", "the value of a field is not valid")],
  ["131051", row("content_unsupported")],
  ["131052", row("media_unavailable")],
  ["131053", row("media_invalid")],
  ["131059", row("provider_refused", "the page cursor is no longer valid; start from the first page")],
  ["135000", row("content_invalid", "Meta gives no reason; compare each field with its documentation")],

  // templates and flows
  ["132000", row("template_invalid", "the number of parameters differs from the template's")],
  ["132001", row("template_not_found")],
  ["132005", row("template_invalid", "the text is too long once filled in")],
  ["132007", row("template_invalid", "the content violates Meta's policy")],
  ["132012", row("template_invalid", "a parameter has another format than the template's")],
  ["132015", row("template_paused")],
  ["132016", row("template_disabled")],
  ["132018", row("template_invalid", "a parameter is not valid")],
  ["132068", row("template_disabled", "its flow is blocked")],
  ["132069", row("rate_limited", "its flow is throttled to ten messages an hour", HOUR)],
]);
