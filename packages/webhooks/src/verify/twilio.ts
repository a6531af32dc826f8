import { assertBytes } from "./bytes.ts";
import { readForm, sortedFields } from "./form.ts";
import { hmac, sameText, sha256 } from "./hmac.ts";
import { signedUrls } from "./signed-urls.ts";

/** What {@link verifyTwilioSignature} compares. */
export interface TwilioSignature {
  /** The public URL that Twilio called, with its query; behind a proxy, not the one that the proxy called. */
  readonly url: string | URL;
  /** The request's bytes exactly as they arrived. */
  readonly body: Uint8Array;
  /** The header `X-Twilio-Signature` as it came. Missing counts as wrong. */
  readonly signature: string | null | undefined;
  /** The account's primary Auth Token. An empty one verifies nothing. */
  readonly authToken: string;
}

const encoder = new TextEncoder();
// the base64 of an HMAC-SHA1 is 28 characters long
const SIGNATURE_LENGTH = 28;

/**
 * Tells whether Twilio sent this, by the scheme of Twilio's "Webhooks security": HMAC-SHA1 over the URL and the sorted form fields, or, when
 * the URL carries `bodySHA256`, over the URL alone, with that hash standing for the JSON body. The URL is tried with its port and without.
 * Whatever the header and body hold, the answer is a boolean. Rejects with `raw_body_missing` when `body` is not bytes.
 *
 * @example
 * const genuine = await verifyTwilioSignature({ url, body, signature: request.headers.get("x-twilio-signature"), authToken });
 */
export async function verifyTwilioSignature({ url, body, signature, authToken }: TwilioSignature): Promise<boolean> {
  assertBytes(body);
  if (typeof signature !== "string" || signature.length !== SIGNATURE_LENGTH) return false;
  if (typeof authToken !== "string" || authToken.trim() === "") return false;
  const called = typeof url === "string" ? url : url.href;
  const fields = signedFields(called, body);
  const tail = fields instanceof Promise ? await fields : fields;
  if (!tail) return false;
  for (const candidate of signedUrls(called)) {
    const expected = hmac("sha1", authToken, [encoded(candidate), tail], "base64");
    if (sameText(signature, typeof expected === "string" ? expected : await expected)) return true;
  }
  return false;
}

let last: { readonly text: string; readonly bytes: Uint8Array } = { text: "", bytes: new Uint8Array() };

// one URL is called again and again, and its bytes take a tenth of the whole check to make
function encoded(text: string): Uint8Array {
  if (last.text !== text) last = { text, bytes: encoder.encode(text) };
  return last.bytes;
}

const NO_FIELDS = new Uint8Array();
const OPEN_BRACE = 123;
const OPEN_BRACKET = 91;

/** What was signed after the URL; `undefined` when the body cannot have been signed at all. */
function signedFields(url: string, body: Uint8Array): Uint8Array | undefined | Promise<Uint8Array | undefined> {
  const hash = url.includes("bodySHA256") ? /[?&]bodySHA256=([^&#]*)/.exec(url)?.[1] : undefined;
  if (hash !== undefined) return emptyWhenHashed(hash, body);
  // JSON whose URL carries no hash is not covered by the signature
  if (body[0] === OPEN_BRACE || body[0] === OPEN_BRACKET) return undefined;
  const form = readForm(body);
  return form && sortedFields(form);
}

async function emptyWhenHashed(hash: string, body: Uint8Array): Promise<Uint8Array | undefined> {
  return sameText(hash, await sha256(body)) ? NO_FIELDS : undefined;
}
