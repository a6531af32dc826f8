/** What the person or program that sees an error can do next. */
export type Remedy = "retry" | "reconnect" | "pair-again" | "change-request" | "wait" | "none";

interface Row {
  readonly remedy: Remedy;
  readonly httpStatus: number;
  readonly text: string;
}

const row = (remedy: Remedy, httpStatus: number, text: string): Row => ({ remedy, httpStatus, text });

const KEY_COMMAND = `make one with: node -p "'k1:'+require('node:crypto').randomBytes(32).toString('base64url')"`;

// One row per failure; this table is the documentation, and the codes are public API.
const SETUP = {
  encryption_key_missing: row("none", 500, `encryptionKeys is missing; ${KEY_COMMAND}`),
  encryption_key_invalid: row("none", 500, `encryptionKeys must be "id:<base64url of 32 bytes>", the newest first; ${KEY_COMMAND}`),
  encryption_key_unknown: row(
    "none",
    500,
    "a stored value was sealed with a key that is not in encryptionKeys; add that key again, then call rotateKeys()",
  ),
  sealed_value_invalid: row(
    "none",
    500,
    "a stored value does not open: it was changed, or belongs to another connection; reconnect the connection",
  ),
  configuration_invalid: row("none", 500, "createWadesk was given options that cannot work"),
  channel_not_installed: row("none", 400, "this channel is not installed; pass it to createWadesk({ channels })"),
  handler_taken: row("none", 500, "this event type already has a process handler; one handler per type"),
  storage_unavailable: row("retry", 503, "the storage did not answer; nothing was changed, try again"),
} as const;

const CONNECTIONS = {
  input_invalid: row("change-request", 400, "the input is not valid"),
  number_in_use: row("change-request", 409, "this number is already connected; disconnect and remove it where it is connected first"),
  limit_reached: row(
    "change-request",
    409,
    "this workspace has as many connections of this channel as it may have; use reconnect() on the one it has",
  ),
  connection_not_found: row("change-request", 404, "this workspace has no such connection"),
  no_connection: row("reconnect", 409, "this workspace has no connection to send from; connect a number first"),
  not_connected: row("reconnect", 409, "this connection is not connected; reconnect it"),
  channel_inactive: row("change-request", 409, "this connection belongs to a channel that is not in force"),
  session_elsewhere: row("change-request", 409, "another process holds this session; run it in the bridge to reach it from every process"),
  linking_cancelled: row("none", 409, "the connection attempt was cancelled"),
  conflict: row("retry", 409, "somebody else changed this at the same moment; try again"),
  lease_lost: row("retry", 409, "another process took over; nothing was written"),
} as const;

const HEALTH = {
  credentials_rejected: row("reconnect", 401, "the provider rejected the credentials; check them and reconnect"),
  token_expired: row("reconnect", 401, "the access token has expired or was revoked; reconnect with a permanent System User token"),
  scope_missing: row(
    "reconnect",
    403,
    "the access token lacks a required permission; generate a token with both WhatsApp scopes and reconnect",
  ),
  app_mismatch: row(
    "reconnect",
    403,
    "the access token belongs to another app than the configured one; generate it for the configured app and reconnect",
  ),
  number_mismatch: row("change-request", 409, "the number does not belong to this account; check both ids"),
  pair_failed: row("pair-again", 409, "linking failed; start again with a fresh code"),
  banned: row("none", 403, "the provider has banned this number or account"),
  temporarily_banned: row("wait", 403, "the provider has blocked this account for a time; see its notice and wait"),
  locked: row("none", 403, "the provider has locked this account; resolve it in the provider's console"),
  client_outdated: row("none", 426, "the provider refuses this version of the client; update the package"),
  bridge_unreachable: row("retry", 502, "the bridge did not answer; check that it runs and that its address is right"),
} as const;

const SENDING = {
  content_unsupported: row("change-request", 400, "this channel cannot send this kind of content"),
  content_invalid: row("change-request", 400, "the provider refused the content of the message"),
  recipient_invalid: row(
    "change-request",
    400,
    'the recipient is not valid; write the phone as "+" with country code and number, or give a userId',
  ),
  recipient_unreachable: row(
    "none",
    422,
    "the message cannot be delivered to this recipient: no WhatsApp on the number, an old app, or terms not accepted",
  ),
  recipient_not_allowed: row(
    "change-request",
    403,
    "this test number may only write to recipients on its allowed list; add the recipient there",
  ),
  recipient_opted_out: row("none", 403, "the recipient does not accept this kind of message"),
  window_closed: row("change-request", 409, "more than 24 hours have passed since the recipient last wrote; send a template instead"),
  template_not_found: row("change-request", 404, "this template does not exist in this language, or is not approved yet"),
  template_invalid: row("change-request", 400, "the template's parameters do not match its definition"),
  template_paused: row("wait", 409, "this template is paused for low quality; use another or improve it"),
  template_disabled: row("change-request", 409, "this template is disabled for good; create a new one"),
  media_invalid: row("change-request", 400, "the provider refused the media: check type, size and that its URL is public"),
  media_unavailable: row("retry", 502, "the media could not be fetched from the provider; ask the sender to send it again if this lasts"),
  rate_limited: row("wait", 429, "the provider is limiting the rate; wait, then send again"),
  pair_rate_limited: row("wait", 429, "too many messages to this one recipient in a short time; wait, then send again"),
  spam_limited: row("wait", 429, "sending is limited because recipients blocked or reported this number; slow down and wait"),
  marketing_limited: row("wait", 422, "the provider withheld this marketing message to protect the recipient; do not repeat it at once"),
  payment_required: row("none", 402, "the account has a payment problem; resolve it in the provider's console"),
  number_not_registered: row("reconnect", 409, "the number is not registered with the provider; register it and reconnect"),
  number_registration_failed: row("change-request", 409, "the number could not be registered; see the detail"),
  outcome_unknown: row(
    "none",
    502,
    "the provider's answer was lost: the message may or may not have gone out; look for its status before sending again",
  ),
  idempotency_key_reused: row("change-request", 409, "this idempotencyKey was used for a different message; use a new key"),
  provider_unavailable: row("retry", 502, "the provider could not be reached or had an internal error; nothing was sent, try again"),
  provider_refused: row("change-request", 400, "the provider refused the request"),
} as const;

const WEBHOOKS = {
  not_found: row("none", 404, "there is no webhook at this path; the callback URL must be the exact one"),
  method_not_allowed: row("none", 405, "webhooks are GET (verification) and POST (events)"),
  provider_unknown: row("none", 400, "no installed channel recognises this request"),
  signature_missing: row("none", 401, "the webhook carries no signature"),
  signature_invalid: row(
    "none",
    401,
    "the webhook's signature does not match; check the app secret, and that nothing rewrites the body or the URL",
  ),
  secret_missing: row(
    "none",
    503,
    "the channel has no secret to verify webhooks with, so everything is refused; set it, and the provider will deliver again",
  ),
  body_too_large: row("none", 413, "the webhook's body is over the size limit"),
  body_invalid: row("none", 400, "the webhook's body is not what its provider sends"),
  raw_body_missing: row(
    "none",
    500,
    "a body parser ran before the webhook handler; mount the handler before it, or keep the raw bytes in request.rawBody",
  ),
  verify_token_missing: row("none", 403, "the channel has no verify token, so verification always fails; set one, save, then verify again"),
  verify_token_invalid: row("none", 403, "the verify token differs from the configured one; paste the exact value"),
  handler_unfinished: row("retry", 503, "the events were not completed yet; deliver them again"),
} as const;

/** Every failure with its remedy, HTTP status and text. */
export const ERROR_TABLE = { ...SETUP, ...CONNECTIONS, ...HEALTH, ...SENDING, ...WEBHOOKS } as const satisfies Record<string, Row>;

/** The closed set of failure codes. Adding one is a minor change, removing one a major change. */
export type ErrorCode = keyof typeof ERROR_TABLE;
