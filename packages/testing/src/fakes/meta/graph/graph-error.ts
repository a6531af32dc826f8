/** An error of the Graph API on its way to the caller. */
export interface GraphRefusal {
  readonly code: number;
  readonly message: string;
  readonly status: number;
  readonly type: string;
  readonly subcode?: number;
  /** WhatsApp's own errors explain themselves in `error_data.details`. */
  readonly details?: string;
  readonly transient?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Optional parts of a refusal. */
export type RefusalOptions = Partial<Omit<GraphRefusal, "code">>;

// status and wording of WhatsApp's own codes, after Meta's lists of error codes: a limit is 400 and no 429, but for groups
const WHATSAPP_ERRORS: Readonly<Record<number, readonly [status: number, message: string]>> = {
  0: [401, "We were unable to authenticate the app user"],
  3: [500, "Capability or permissions issue"],
  4: [400, "Application request limit reached"],
  10: [403, "Application does not have permission for this action"],
  200: [403, "Permission is either not granted or has been removed"],
  368: [403, "Temporarily blocked for policies violations"],
  1026: [400, "Receiver is incapable of receiving this message"],
  80007: [400, "There have been too many calls to this WhatsApp Business account. Wait a bit and try again."],
  80008: [400, "There have been too many calls to this WhatsApp Business account. Wait a bit and try again."],
  130429: [400, "Rate limit hit"],
  130472: [400, "User's number is part of an experiment"],
  130497: [403, "Business account is restricted from messaging users in this country."],
  131000: [500, "Something went wrong"],
  131005: [403, "Access denied"],
  131008: [400, "Required parameter is missing"],
  131009: [400, "Parameter value is not valid"],
  131014: [400, "Request for url failed with error: 404 (Not Found)"],
  131016: [500, "Service unavailable"],
  131020: [400, "Bad Group"],
  131021: [400, "Recipient cannot be sender"],
  131026: [400, "Message undeliverable"],
  131030: [400, "Recipient phone number not in allowed list"],
  131031: [403, "Business Account locked"],
  131036: [400, "Message failed to be delivered on at least one of the user's device"],
  131037: [400, "Display name approval is required before a message can be sent"],
  131041: [400, "Group unknown"],
  131042: [400, "Business eligibility payment issue"],
  131044: [400, "Business eligibility payment issue"],
  131045: [500, "Incorrect certificate"],
  131047: [400, "Re-engagement message"],
  131048: [400, "Spam rate limit hit"],
  131049: [400, "This message was not delivered to maintain healthy ecosystem engagement."],
  131050: [400, "User has stopped marketing messages"],
  131051: [400, "Unsupported message type"],
  131052: [400, "Media download error"],
  131053: [400, "Media upload error"],
  131055: [400, "Method not allowed"],
  131056: [400, "(Business Account, Consumer Account) pair rate limit hit"],
  131057: [500, "Business Account is in maintenance mode"],
  131059: [400, "Invalid cursor"],
  131060: [400, "This message is unavailable"],
  131062: [400, "Business-scoped user IDs are not supported for this message"],
  131063: [400, "Marketing templates are disabled for Cloud API"],
  131064: [400, "Account has reached its messaging limit due to template classification violations"],
  131201: [206, "Request partially succeeded"],
  131207: [403, "Group suspended"],
  131208: [429, "Group Rate Limit Hit"],
  132000: [400, "Number of parameters does not match the expected number of params"],
  132001: [404, "Template name does not exist in the translation"],
  132005: [400, "Translated text too long"],
  132007: [400, "Format character policy violated"],
  132008: [400, "Parameter value is not valid"],
  132012: [400, "Parameter format does not match format in the created template"],
  132015: [400, "Template is paused"],
  132016: [400, "Template is disabled"],
  132018: [400, "Template parameters are not valid"],
  132068: [400, "Flow is blocked"],
  132069: [400, "Flow is throttled"],
  133000: [500, "Incomplete deregistration"],
  133004: [503, "Server temporarily unavailable"],
  133005: [400, "Two-step verification PIN mismatch"],
  133006: [400, "Phone number re-verification needed"],
  133008: [400, "Too many two-step verification PIN guesses"],
  133009: [400, "Two-step verification PIN guessed too fast"],
  133010: [400, "Phone number not registered"],
  133015: [400, "Please wait a few minutes before attempting to register this phone number"],
  133016: [400, "Account register or deregister rate limit exceeded"],
  135000: [400, "Generic user error"],
  138009: [400, "Limit reached for call permission request sends"],
  137000: [400, "Recipient identity key hash mismatch"],
};

const MARK = "graphRefusal";

/** Makes an error to throw; the routes turn it into Meta's envelope. Without a message the code's own wording is used. */
export function graphError(code: number, options: RefusalOptions = {}): Error & { readonly [MARK]: GraphRefusal } {
  const [status, wording] = WHATSAPP_ERRORS[code] ?? [400, "Invalid parameter"];
  const refusal: GraphRefusal = { status, type: "OAuthException", ...options, code, message: options.message ?? `(#${code}) ${wording}` };
  return Object.assign(new Error(refusal.message), { [MARK]: refusal } as const);
}

/** The refusal inside an error that `graphError` made. */
export function refusalOf(error: unknown): GraphRefusal | undefined {
  return error instanceof Error && MARK in error ? (error[MARK] as GraphRefusal) : undefined;
}

/** The short wording of one of WhatsApp's own codes, as failed statuses carry it in `title`. */
export function wordingOf(code: number): string {
  return WHATSAPP_ERRORS[code]?.[1] ?? "Unknown error";
}

/** The headers of an error: those of its own, and for an `OAuthException` what Meta says to OAuth clients. */
export function errorHeaders({ type, code, status, message, headers }: GraphRefusal): Readonly<Record<string, string>> {
  if (type !== "OAuthException" || status >= 500) return headers ?? {};
  const kind = code === 190 ? "invalid_token" : status === 403 ? "insufficient_scope" : "invalid_request";
  // a header holds one line of ASCII, a message what the caller wrote
  const quoted = message.replaceAll(/[^\x20-\x7e]/g, "?").replaceAll('"', "'");
  return { "www-authenticate": `OAuth "Facebook Platform" "${kind}" "${quoted}"`, ...headers };
}

/** Meta's envelope. */
export function errorEnvelope(refusal: GraphRefusal, traceId: string): object {
  return {
    error: {
      message: refusal.message,
      type: refusal.type,
      ...(refusal.transient !== undefined && { is_transient: refusal.transient }),
      code: refusal.code,
      ...(refusal.subcode !== undefined && { error_subcode: refusal.subcode }),
      ...(refusal.details !== undefined && { error_data: { messaging_product: "whatsapp", details: refusal.details } }),
      fbtrace_id: traceId,
    },
  };
}

/** The answer to an object that is absent, or hidden from the token. */
export function unsupportedRequest(method: string, id: string): Error {
  return graphError(100, {
    type: "GraphMethodException",
    subcode: 33,
    message: `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
  });
}

/** The answer to a path that the Graph API does not have. */
export function unknownPath(path: string): Error {
  return graphError(2500, { message: `Unknown path components: ${path}` });
}

/** The answer to a required parameter that is absent. */
export function parameterRequired(name: string): Error {
  return graphError(100, { message: `(#100) The parameter ${name} is required.` });
}
