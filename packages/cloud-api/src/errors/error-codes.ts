import type { ErrorCode } from "@wadesk/core";
import { errorRow as row, type VendorErrorRow } from "@wadesk/core/ports";

/** What one of Meta's codes means to us. */
export interface MetaErrorRow extends VendorErrorRow {
  /** Whether the error's own details say how long to wait. */
  readonly waitInDetails?: true;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

// Meta's page of the code says that its details tell the wait
const told = (code: ErrorCode, fix: string): MetaErrorRow => ({ code, fix, waitInDetails: true });

const SCOPES = "generate a System User token with whatsapp_business_messaging and whatsapp_business_management";
const NEW_TOKEN = "generate a permanent System User token";
const PIN = "the two-step verification PIN";

/**
 * Meta's codes as ours, for answers of the API and for failed statuses alike. A key is a code, or `code/subcode` where the subcode
 * tells more. Groups and calls have pages of their own.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/error-codes
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
  ["2494100", row("provider_unavailable", "Meta is in maintenance")],

  // rates
  ["4", row("rate_limited", "the app's calls", 5 * MINUTE)],
  ["17", row("rate_limited", undefined, 5 * MINUTE)],
  ["613", row("rate_limited", undefined, MINUTE)],
  ["80007", row("rate_limited", "the account's calls", 5 * MINUTE)],
  ["80008", row("rate_limited", "the account's template calls", 5 * MINUTE)],
  ["130429", row("rate_limited", "messages of this number", SECOND)],
  ["131048", row("spam_limited", undefined, HOUR)],
  [
    "131064",
    row("rate_limited", "templates were filed under a wrong category; the block lifts itself, and each attempt before that fails"),
  ],
  ["131056", row("pair_rate_limited", "one message in six seconds", 6 * SECOND)],

  // the account
  ["368", row("temporarily_banned", "policy violations; see the account's quality in WhatsApp Manager")],
  ["130497", row("recipient_unreachable", "the account may not message people in this country")],
  ["131031", row("locked", "see the account's quality in WhatsApp Manager")],
  ["131037", row("provider_refused", "the number's display name must be approved first")],
  ["131042", row("payment_required", "set payment method, credit line, currency and time zone in WhatsApp Manager")],
  ["131044", row("payment_required", "calls need a payment method; add one in WhatsApp Manager")],
  ["134011", row("payment_required", "accept the terms of WhatsApp Payments")],

  // the number
  ["131045", row("number_not_registered", "its registration failed; register it again")],
  ["133000", row("number_registration_failed", "it is half deregistered: deregister it again, then register it")],
  ["133005", row("number_registration_failed", `${PIN} is wrong; whoever forgot it changes it in WhatsApp Manager`)],
  ["133006", row("number_registration_failed", "verify the number again by a code, then register it")],
  ["133008", told("number_registration_failed", `${PIN} was guessed too often; wait as long as Meta says before the next guess`)],
  ["133009", told("number_registration_failed", `${PIN} was entered too fast; wait as long as Meta says before the next try`)],
  ["133010", row("number_not_registered")],
  ["133015", row("number_registration_failed", "it was deleted a moment ago; wait five minutes", 5 * MINUTE)],
  ["133016", row("number_registration_failed", "Meta takes ten registrations in 72 hours; wait until they are over", 72 * HOUR)],
  ["2388001", row("number_registration_failed", "two-step verification still guards it where it is registered now; turn that off there")],
  ["2593107", row("provider_refused", "this sync was done already, and is done once; off-board the number and sign up again for another")],
  ["2593108", row("provider_refused", "the sync was not asked for within 24 hours of the signup; off-board the number and sign up again")],
  ["2593109", row("provider_refused", "the business declined to share its history when it signed up")],

  // the recipient
  ["1026", row("recipient_unreachable", "their app is too old for this kind of message")],
  ["131020", row("recipient_unreachable", "the group has no other member")],
  ["131036", row("recipient_unreachable", "one of their devices did not get it, and another may show it; ask before you send it again")],
  ["131041", row("recipient_invalid", "there is no such group, or the number is no member of it")],
  ["130472", row("marketing_limited", "the recipient is part of an experiment of Meta's", 24 * HOUR)],
  ["131021", row("recipient_invalid", "sender and recipient are the same number")],
  ["131026", row("recipient_unreachable")],
  ["131030", row("recipient_not_allowed")],
  ["131047", row("window_closed")],
  ["131049", row("marketing_limited", undefined, 24 * HOUR)],
  ["131050", row("recipient_opted_out", "they stopped marketing messages")],
  ["131062", row("recipient_invalid", "one-tap, zero-tap and copy-code templates need a phone number, not a user id")],
  ["137000", row("provider_refused", "the recipient's identity key has changed; confirm who it is, then send without the hash")],

  // the content
  ["100", row("provider_refused")],
  ["130501", row("content_unsupported")],
  ["131008", row("content_invalid", "a required field is missing")],
  ["131009", row("content_invalid", "the value of a field is not valid")],
  ["131014", row("media_invalid", "Meta could not fetch the file at its link")],
  ["131051", row("content_unsupported")],
  ["131052", row("media_unavailable")],
  ["131053", row("media_invalid")],
  ["131055", row("content_unsupported", "Marketing Messages take marketing templates alone; send it as a usual message")],
  ["131060", row("provider_refused", "the message is not shown to us; see it in the WhatsApp Business app")],
  ["131063", row("provider_refused", "marketing is switched off on the Cloud API; switch it on, or use Marketing Messages")],
  ["131059", row("provider_refused", "the page cursor is no longer valid; start from the first page")],
  ["135000", row("content_invalid", "Meta gives no reason; compare each field with its documentation")],

  // templates and flows
  ["132000", row("template_invalid", "the number of parameters differs from the template's")],
  ["132001", row("template_not_found")],
  ["132005", row("template_invalid", "the text is too long once filled in")],
  ["132007", row("template_invalid", "the content violates Meta's policy")],
  ["132008", row("template_invalid", "the value of a parameter is not valid")],
  ["132012", row("template_invalid", "a parameter has another format than the template's")],
  ["132015", row("template_paused")],
  ["132016", row("template_disabled")],
  ["132018", row("template_invalid", "a parameter is not valid")],
  ["132068", row("template_disabled", "its flow is blocked")],
  ["132069", row("rate_limited", "its flow is throttled to ten messages an hour", HOUR)],
  ["134100", row("content_unsupported", "Marketing Messages take marketing templates alone")],
  ["134101", row("provider_unavailable", "the template is being made ready for Marketing Messages", 10 * MINUTE)],
  ["134102", row("template_not_found", "the template is not available to Marketing Messages")],
  ["139000", row("provider_refused", "Meta blocks the account's flows; see WhatsApp Manager")],
  ["139001", row("provider_refused", "the flow cannot be changed as it stands")],
  ["139002", row("provider_refused", "the flow cannot be published; see its validation errors")],
  ["139003", row("provider_refused", "only a published flow can be deprecated")],
  ["139004", row("provider_refused", "only a flow that was never published can be deleted")],

  // groups
  ["131201", row("provider_refused", "some of the participants were refused; see the answer")],
  ["131202", row("content_invalid", "a participant is named twice")],
  ["131204", row("content_invalid", "the group would have too many participants")],
  ["131207", row("provider_refused", "the group is suspended for violating Meta's policy")],
  ["131208", row("rate_limited", "group operations of this number")],
  ["131209", row("media_invalid", "the picture of a group must be as wide as it is high")],
  ["131210", row("media_invalid", "the picture of a group must be larger than 192 pixels")],
  ["131211", row("provider_refused", "the number has as many groups as it may have")],
  ["131212", row("recipient_invalid", "they are no participant of the group")],
  ["131213", row("provider_refused", "there is no such request to join")],
  ["131214", row("provider_refused", "making groups is stopped for a time, since too much marketing was sent inside windows")],
  ["131215", row("provider_refused", "this number may not use groups; see Meta's conditions")],

  // the block list
  ["139100", row("provider_refused", "not all of the people could be blocked; see the answer")],
  ["139101", row("provider_refused", "the block list is full")],
  ["139102", row("conflict", "the block list was changed meanwhile; read it again from its first page")],
  ["139103", row("provider_unavailable")],

  // calls
  ["138000", row("provider_refused", "calling is off; switch it on in the number's settings")],
  ["138001", row("recipient_unreachable", "they cannot take calls: no WhatsApp, old terms or an app without calls")],
  ["138002", row("rate_limited", "1,000 calls at a time")],
  ["138003", row("conflict", "a call with them is under way")],
  ["138004", row("provider_unavailable", "the call could not be connected; check the session that was sent")],
  ["138005", row("rate_limited", "calls of this number")],
  ["138006", row("recipient_opted_out", "they have not permitted calls; send a call permission request")],
  ["138007", row("provider_refused", "the call was not connected in time: the session's answer came too late")],
  ["138009", row("pair_rate_limited", "one call permission request a day, and two a week, until a call is connected", 24 * HOUR)],
  ["138012", told("rate_limited", "100 connected calls with one person a day; the details tell when the next is allowed")],
  ["138013", row("recipient_unreachable", "calls to their country are not possible")],
  ["138014", row("provider_refused", "calling is paused for this number; see WhatsApp Manager")],
  ["138017", row("provider_refused", "they have permitted calls for good already; no request is needed")],
  ["138018", row("provider_refused", "subscribe an app to the webhook field calls first, or configure SIP")],
]);
