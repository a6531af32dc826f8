import { canonicalText, type Direction, PROTOCOL_VERSION } from "./canonical-text.ts";
import { digestOf } from "./digest.ts";
import { signatureOf } from "./hmac.ts";

/** A request that is to be signed. */
export interface Unsigned {
  readonly direction: Direction;
  readonly method: string;
  readonly url: URL;
  readonly bridge: string;
  readonly body: Uint8Array;
}

/** Who signs it, as what and when. */
export interface Signing {
  /** All that count on this side: one signature each, so that secrets are exchanged one side after the other. */
  readonly secrets: readonly string[];
  /** Names what is asked, and is the same on each attempt at it; 200 characters at most of those that a word has, `.` and `-`. */
  readonly id: string;
  /** Milliseconds since the epoch. Each attempt is signed anew. */
  readonly at: number;
}

/** The names of the headers that a signed request has, all of them in what is signed. */
export const HEADERS = {
  id: "webhook-id",
  timestamp: "webhook-timestamp",
  signature: "webhook-signature",
  bridge: "wadesk-bridge",
  version: "wadesk-bridge-version",
  digest: "content-digest",
} as const;

/** The headers by which the other side knows who sends a request, and that nobody changed it. */
export async function signRequest(
  { direction, method, url, bridge, body }: Unsigned,
  { secrets, id, at }: Signing,
): Promise<Readonly<Record<string, string>>> {
  const digest = await digestOf(body);
  const timestamp = String(Math.floor(at / 1000));
  const text = signedText({ id, timestamp }, canonicalText({ direction, method, path: url.pathname + url.search, bridge, digest }));
  const signatures = await Promise.all(secrets.map((secret) => signatureOf(secret, text)));
  return {
    [HEADERS.id]: id,
    [HEADERS.timestamp]: timestamp,
    [HEADERS.signature]: signatures.join(" "),
    [HEADERS.bridge]: bridge,
    [HEADERS.version]: String(PROTOCOL_VERSION),
    [HEADERS.digest]: digest,
  };
}

/** What Standard Webhooks sign: id, time and body, which is the canonical text here. */
export function signedText({ id, timestamp }: { readonly id: string; readonly timestamp: string }, canonical: string): string {
  return `${id}.${timestamp}.${canonical}`;
}
