import { checkOptions } from "@wadesk/core/ports";
import { BYTES_A_TURN, turn } from "../body/turn.ts";
import { assertBytes } from "./bytes.ts";
import { type Form, readForm, sortedFields } from "./form.ts";
import { hmac, type Part, sameText, sha256 } from "./hmac.ts";
import { otherSpellings } from "./signed-urls.ts";

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

/** A request of Twilio's, whichever token may have signed it. */
export interface TwilioRequest {
  /** The spellings of the address that may have been signed, the likeliest first. */
  readonly addresses: readonly string[];
  readonly body: Uint8Array;
  readonly signature: string | null | undefined;
  /** The body, read; `undefined` when it is no form that can be read. */
  readonly form: Form | undefined;
}

/** Tells whether this token signed the request, for one of its addresses or of those that are given in their place. */
export type TwilioVerifier = (authToken: string, addresses?: readonly string[]) => Promise<boolean>;

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
export async function verifyTwilioSignature(given: TwilioSignature): Promise<boolean> {
  const { url, body, signature, authToken } = given;
  // a token that is not set verifies nothing; one under another name is a mistake
  if (authToken === undefined)
    checkOptions<TwilioSignature>("verifyTwilioSignature", given, { url: "any", body: "any", signature: "any", authToken: "any" });
  assertBytes(body);
  if (!isSignature(signature)) return false;
  const addresses = [typeof url === "string" ? url : url.href];
  return await twilioVerifier({ addresses, body, signature, form: readForm(body) })(authToken);
}

function isSignature(signature: unknown): signature is string {
  return typeof signature === "string" && signature.length === SIGNATURE_LENGTH;
}

/** What may have been signed: a spelling of the address, and what follows it. */
interface Candidate {
  readonly url: Part;
  readonly tail: Uint8Array;
}

/** Makes the check of one request. What does not depend on the token is done once, however many tokens are tried. */
export function twilioVerifier({ addresses: own, body, signature, form }: TwilioRequest): TwilioVerifier {
  const tailOf = tailsOf(body, form);
  const candidateAt = makeCandidates(own, tailOf);
  // other addresses are asked for by few, so the place to keep them is made then
  let others: Map<readonly string[], Candidates> | undefined;
  const candidatesFor = (addresses: readonly string[]): Candidates => {
    if (addresses === own) return candidateAt;
    others ??= new Map();
    const candidates = others.get(addresses) ?? makeCandidates(addresses, tailOf);
    others.set(addresses, candidates);
    return candidates;
  };
  let hashed = 0;
  return async (authToken, addresses = own) => {
    if (!isSignature(signature) || typeof authToken !== "string" || authToken.trim() === "") return false;
    const candidates = candidatesFor(addresses);
    for (let index = 0; ; index += 1) {
      const found = candidates(index);
      const candidate = found instanceof Promise ? await found : found;
      if (candidate === "none") return false;
      if (candidate === "unsigned") continue;
      const { url, tail } = candidate;
      const expected = hmac("sha1", authToken, [url, tail], "base64");
      if (sameText(signature, typeof expected === "string" ? expected : await expected)) return true;
      hashed += url.length + tail.length;
      if (hashed < BYTES_A_TURN) continue;
      hashed = 0;
      await turn();
    }
  };
}

/** A candidate by its place: each is made when it is first asked for. `unsigned` is one that cannot have been signed with this body. */
type Candidates = (index: number) => Candidate | "unsigned" | "none" | Promise<Candidate | "unsigned">;

function makeCandidates(addresses: readonly string[], tailOf: Tails): Candidates {
  const made: ReturnType<Candidates>[] = [];
  let others: Generator<string> | undefined;
  const spellingAt = (index: number): string | undefined => {
    if (index < addresses.length) return addresses[index];
    others ??= otherSpellings(addresses);
    return others.next().value;
  };
  return (index) => (made[index] ??= candidateOf(spellingAt(index), tailOf));
}

function candidateOf(spelling: string | undefined, tailOf: Tails): ReturnType<Candidates> {
  if (spelling === undefined) return "none";
  const tail = tailOf(spelling);
  const url = encoded(spelling);
  const candidate = (each: Uint8Array | undefined): Candidate | "unsigned" => (each === undefined ? "unsigned" : { url, tail: each });
  return tail instanceof Promise ? tail.then(candidate) : candidate(tail);
}

const encoder = new TextEncoder();
let last: { readonly text: string; readonly bytes: Uint8Array } = { text: "", bytes: new Uint8Array() };

/** Longer URLs are nobody's: their bytes, made again and again, would only break up the memory. */
const LONGEST_KEPT = 1024;

// one URL is called again and again, and its bytes take a tenth of the whole check to make
function encoded(text: string): Part {
  if (text.length > LONGEST_KEPT) return text;
  if (last.text !== text) last = { text, bytes: encoder.encode(text) };
  return last.bytes;
}

const NO_FIELDS = new Uint8Array();
const OPEN_BRACE = 123;
const OPEN_BRACKET = 91;

/** What was signed after a URL; `undefined` when the body cannot have been signed with it at all. */
type Tails = (url: string) => Uint8Array | undefined | Promise<Uint8Array | undefined>;

function tailsOf(body: Uint8Array, form: Form | undefined): Tails {
  let fields: { readonly sorted: Uint8Array | undefined } | undefined;
  let digest: Promise<string> | undefined;
  return (url) => {
    // by the very spelling that is tried: a hash that is no part of what was signed says nothing of the body
    const hash = url.includes("bodySHA256") ? /[?&]bodySHA256=([^&#]*)/.exec(url)?.[1] : undefined;
    if (hash !== undefined) {
      digest ??= Promise.resolve(sha256(body));
      return digest.then((found) => (sameText(hash, found) ? NO_FIELDS : undefined));
    }
    // JSON whose URL carries no hash is not covered by the signature
    if (body[0] === OPEN_BRACE || body[0] === OPEN_BRACKET) return undefined;
    fields ??= { sorted: form && sortedFields(form) };
    return fields.sorted;
  };
}
