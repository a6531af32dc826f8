import { createHmac } from "node:crypto";
import { checkOptions, optionInvalid } from "@wadesk/core/ports";

/** Signs a webhook as Meta does: HMAC-SHA256 of the bytes under the app secret. Answers the value of `X-Hub-Signature-256`. */
export function signMeta(body: Uint8Array | string, appSecret: string): string {
  if (typeof body !== "string" && !(body instanceof Uint8Array))
    throw optionInvalid("signMeta", "body", "must be a text or bytes: JSON.stringify(payload)", "wrong_type");
  if (typeof appSecret !== "string")
    throw optionInvalid("signMeta", "appSecret", "must be a text: the app's, e.g. app.secret", "wrong_type");
  return `sha256=${createHmac("sha256", appSecret).update(body).digest("hex")}`;
}

/** What Twilio signs. `url` is the public one, with its query; `parameters` the form as name and value, repeated names allowed. */
export interface TwilioSigning {
  /** With the host as Twilio calls it, not as it arrives behind a proxy. */
  readonly url: string;
  /** The form's; none for a webhook whose body is JSON. */
  readonly parameters: Readonly<Record<string, string>> | readonly (readonly [name: string, value: string])[] | URLSearchParams;
  /** The primary token of the account: the one that signs. */
  readonly authToken: string;
}

/**
 * Signs a form as Twilio does: HMAC-SHA1, base64, over the URL followed by each name and value, sorted by name; of equal values under one name
 * one counts, and different ones are sorted. Answers the value of `X-Twilio-Signature`.
 */
export function signTwilio(signing: TwilioSigning): string {
  checkOptions<TwilioSigning>("signTwilio", signing, { url: "text", parameters: "any", authToken: "text" });
  const { url, parameters, authToken } = signing;
  const values = new Map<string, Set<string>>();
  for (const [name, value] of pairsOf(parameters)) values.set(name, (values.get(name) ?? new Set()).add(value));
  const names = [...values.keys()].sort();
  const signed = names
    .map((name) =>
      [...(values.get(name) ?? [])]
        .sort()
        .map((value) => name + value)
        .join(""),
    )
    .join("");
  return createHmac("sha1", authToken)
    .update(url + signed)
    .digest("base64");
}

function pairsOf(parameters: TwilioSigning["parameters"]): Iterable<readonly [string, string]> {
  if (parameters instanceof URLSearchParams) return parameters;
  return Symbol.iterator in parameters ? parameters : Object.entries(parameters);
}
