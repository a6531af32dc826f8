import type { ErrorRow } from "./error-row.ts";

// One row per failure; this table is the documentation, and the codes are public API. Literals only, so that declarations need no inference.
const TABLE = {
  // setting up
  encryption_key_missing: {
    remedy: "none",
    httpStatus: 500,
    text: `encryptionKeys is missing; make one with: node -p "'k1:'+require('node:crypto').randomBytes(32).toString('base64url')"`,
  },
  encryption_key_invalid: {
    remedy: "none",
    httpStatus: 500,
    text: `encryptionKeys must be "id:<base64url of 32 bytes>", the newest first; make one with: node -p "'k1:'+require('node:crypto').randomBytes(32).toString('base64url')"`,
  },
  encryption_key_unknown: {
    remedy: "none",
    httpStatus: 500,
    text: "a stored value was sealed with a key that is not in encryptionKeys; add that key again, then call rotateKeys()",
  },
  sealed_value_invalid: {
    remedy: "none",
    httpStatus: 500,
    text: "a stored value does not open: encryptionKeys has another key under its id, or it was changed or moved; use the key that sealed it, or reconnect the connection",
  },
  configuration_invalid: { remedy: "none", httpStatus: 500, text: "the options are not valid" },
  channel_not_installed: { remedy: "none", httpStatus: 400, text: "this channel is not installed; pass it to createWadesk({ channels })" },
  handler_taken: { remedy: "none", httpStatus: 500, text: "this event type already has a process handler; one handler per type" },
  storage_unavailable: { remedy: "retry", httpStatus: 503, text: "the storage did not answer; nothing was changed, try again" },

  // connections
  input_invalid: { remedy: "change-request", httpStatus: 400, text: "the input is not valid" },
  number_in_use: {
    remedy: "change-request",
    httpStatus: 409,
    text: "this number is already connected; disconnect and remove it where it is connected first",
  },
  limit_reached: {
    remedy: "change-request",
    httpStatus: 409,
    text: "this workspace has as many connections of this channel as it may have; use reconnect() on the one it has",
  },
  connection_not_found: { remedy: "change-request", httpStatus: 404, text: "this workspace has no such connection" },
  no_connection: { remedy: "reconnect", httpStatus: 409, text: "this workspace has no connection to send from; connect a number first" },
  not_connected: { remedy: "reconnect", httpStatus: 409, text: "this connection is not connected; reconnect it" },
  channel_inactive: { remedy: "change-request", httpStatus: 409, text: "its channel is not in force; setActiveChannel() changes that" },
  session_elsewhere: {
    remedy: "change-request",
    httpStatus: 409,
    text: "another process holds this session; run it in the bridge to reach it from every process",
  },
  session_opening: { remedy: "retry", httpStatus: 503, text: "the session of this number is being opened; nothing was sent, try again" },
  linking_cancelled: { remedy: "none", httpStatus: 409, text: "the connection attempt was cancelled" },
  signup_not_found: {
    remedy: "change-request",
    httpStatus: 404,
    text: "this user has no such signup in this workspace, or it is older than 24 hours; begin anew",
  },
  signup_out_of_turn: { remedy: "change-request", httpStatus: 409, text: "the signup does not wait for this answer; read it anew" },
  conflict: { remedy: "retry", httpStatus: 409, text: "somebody else changed this at the same moment; try again" },
  lease_lost: { remedy: "retry", httpStatus: 409, text: "another process took over; nothing was written" },

  // health of a connection; these also stand as the reason of a failed one
  credentials_rejected: {
    remedy: "reconnect",
    httpStatus: 401,
    text: "the provider rejected the credentials; check them and give them again",
  },
  token_expired: {
    remedy: "reconnect",
    httpStatus: 401,
    text: "the access token has expired or was revoked; give a permanent System User token",
  },
  scope_missing: {
    remedy: "reconnect",
    httpStatus: 403,
    text: "the access token lacks a required permission; give one with both WhatsApp scopes",
  },
  app_mismatch: {
    remedy: "reconnect",
    httpStatus: 403,
    text: "the access token belongs to another app than the configured one; give one that was generated for the configured app",
  },
  number_mismatch: { remedy: "change-request", httpStatus: 409, text: "the number does not belong to this account; check both ids" },
  passkey_required: {
    remedy: "none",
    httpStatus: 409,
    text: "WhatsApp asks for a passkey before it links this phone, which can be given on whatsapp.com alone; connect the number another way",
  },
  pair_failed: { remedy: "pair-again", httpStatus: 409, text: "linking failed; start again with a fresh code" },
  banned: { remedy: "none", httpStatus: 403, text: "the provider has banned this number or account" },
  temporarily_banned: {
    remedy: "wait",
    httpStatus: 403,
    text: "the provider has blocked this account for a time; see its notice and wait",
  },
  locked: { remedy: "none", httpStatus: 403, text: "the provider has locked this account; resolve it in the provider's console" },
  client_outdated: { remedy: "none", httpStatus: 426, text: "the provider refuses this version of the client; update the package" },
  bridge_unreachable: {
    remedy: "retry",
    httpStatus: 502,
    text: "the bridge did not answer; check that it runs and that its address is right",
  },

  // sending
  content_unsupported: { remedy: "change-request", httpStatus: 400, text: "this channel cannot send this kind of content" },
  content_invalid: { remedy: "change-request", httpStatus: 400, text: "the content of the message was refused" },
  recipient_invalid: {
    remedy: "change-request",
    httpStatus: 400,
    text: 'the recipient is not valid; write the phone as "+" with country code and number, or give a userId',
  },
  recipient_unreachable: {
    remedy: "none",
    httpStatus: 422,
    text: "the message cannot be delivered to this recipient: no WhatsApp on the number, an old app, or terms not accepted",
  },
  recipient_not_allowed: {
    remedy: "change-request",
    httpStatus: 403,
    text: "this test number may only write to recipients on its allowed list; add the recipient there",
  },
  recipient_opted_out: { remedy: "none", httpStatus: 403, text: "the recipient does not accept this kind of message" },
  window_closed: {
    remedy: "change-request",
    httpStatus: 409,
    text: "more than 24 hours have passed since the recipient last wrote; send a template instead",
  },
  template_not_found: {
    remedy: "change-request",
    httpStatus: 404,
    text: "this template does not exist in this language, or is not approved yet",
  },
  template_invalid: { remedy: "change-request", httpStatus: 400, text: "the template's parameters do not match its definition" },
  template_paused: { remedy: "wait", httpStatus: 409, text: "this template is paused for low quality; use another or improve it" },
  template_disabled: { remedy: "change-request", httpStatus: 409, text: "this template is disabled for good; create a new one" },
  media_invalid: {
    remedy: "change-request",
    httpStatus: 400,
    text: "the provider refused the media: check type, size and that its URL is public",
  },
  media_unavailable: {
    remedy: "retry",
    httpStatus: 502,
    text: "the media could not be fetched from the provider; ask the sender to send it again if this lasts",
  },
  media_not_found: {
    remedy: "none",
    httpStatus: 404,
    text: "the provider has no such file for this number: it was deleted, is older than the days it is kept, or came to another number",
  },
  media_too_large: { remedy: "change-request", httpStatus: 413, text: "the file is larger than it may be" },
  media_corrupt: {
    remedy: "retry",
    httpStatus: 502,
    text: "the file did not come as its provider describes it, so what was read of it must not be used; try again",
  },
  media_address_refused: {
    remedy: "change-request",
    httpStatus: 400,
    text: "the file lies at an address that is not fetched: it must be https and lead to the public internet alone",
  },
  rate_limited: { remedy: "wait", httpStatus: 429, text: "the provider is limiting the rate; wait, then send again" },
  pair_rate_limited: {
    remedy: "wait",
    httpStatus: 429,
    text: "too many messages to this one recipient in a short time; wait, then send again",
  },
  pace_limited: { remedy: "wait", httpStatus: 429, text: "WaDesk's own limit, set in its channel's settings, was met; nothing was sent" },
  spam_limited: {
    remedy: "wait",
    httpStatus: 429,
    text: "sending is limited because recipients blocked or reported this number; slow down and wait",
  },
  marketing_limited: {
    remedy: "wait",
    httpStatus: 422,
    text: "the provider withheld this marketing message to protect the recipient; do not repeat it at once",
  },
  payment_required: { remedy: "none", httpStatus: 402, text: "the account has a payment problem; resolve it in the provider's console" },
  number_not_registered: {
    remedy: "reconnect",
    httpStatus: 409,
    text: "the number is not registered with the provider; register it, then connect it again",
  },
  number_registration_failed: { remedy: "change-request", httpStatus: 409, text: "the number could not be registered; see the detail" },
  outcome_unknown: {
    remedy: "none",
    httpStatus: 502,
    text: "the provider's answer was lost: the message may or may not have gone out; look for its status before sending again",
  },
  idempotency_key_reused: {
    remedy: "change-request",
    httpStatus: 409,
    text: "this idempotencyKey was used for a different message; use a new key",
  },
  provider_unavailable: {
    remedy: "retry",
    httpStatus: 502,
    text: "the provider could not be reached or had an internal error; nothing was sent, try again",
  },
  provider_refused: { remedy: "change-request", httpStatus: 400, text: "the provider refused the request" },

  // webhooks
  not_found: { remedy: "none", httpStatus: 404, text: "there is no webhook at this path; the callback URL must be the exact one" },
  method_not_allowed: { remedy: "none", httpStatus: 405, text: "webhooks are GET (verification) and POST (events)" },
  provider_unknown: { remedy: "none", httpStatus: 400, text: "no installed channel recognises this request" },
  signature_missing: { remedy: "none", httpStatus: 401, text: "the webhook carries no signature" },
  signature_invalid: {
    remedy: "none",
    httpStatus: 401,
    text: "the webhook's signature does not match; check the app secret, and that nothing rewrites the body or the URL",
  },
  secret_missing: {
    remedy: "none",
    httpStatus: 503,
    text: "the channel has no secret to verify webhooks with, so everything is refused; set it, and the provider will deliver again",
  },
  body_too_large: { remedy: "none", httpStatus: 413, text: "the webhook's body is over the size limit" },
  body_invalid: { remedy: "none", httpStatus: 400, text: "the webhook's body is not what its provider sends" },
  webhook_expired: {
    remedy: "none",
    httpStatus: 400,
    text: "by its own time the webhook is older than what is remembered: it was replayed, or the clock of this machine is wrong",
  },
  raw_body_missing: {
    remedy: "none",
    httpStatus: 500,
    text: "a body parser ran before the webhook handler; mount the handler before it, or keep the raw bytes in request.rawBody",
  },
  verify_token_missing: {
    remedy: "none",
    httpStatus: 403,
    text: "the channel has no verify token, so verification always fails; set one, save, then verify again",
  },
  verify_token_invalid: {
    remedy: "none",
    httpStatus: 403,
    text: "the verify token differs from the configured one; paste the exact value",
  },
  handler_unfinished: { remedy: "retry", httpStatus: 503, text: "the events were not completed yet; deliver them again" },
} as const;

/** The closed set of failure codes. Adding one is a minor change, removing one a major change. */
export type ErrorCode = keyof typeof TABLE;

/** Every failure with its remedy, HTTP status and text. */
export const ERROR_TABLE: Readonly<Record<ErrorCode, ErrorRow>> = TABLE;
