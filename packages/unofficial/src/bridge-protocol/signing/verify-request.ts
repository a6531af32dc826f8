import { canonicalText, type Direction, isBridgeName, PROTOCOL_VERSION } from "./canonical-text.ts";
import { digestOf, isDigest } from "./digest.ts";
import { isSameText, signatureOf } from "./hmac.ts";
import { type Refusal, refusal } from "./refusal.ts";
import { HEADERS, signedText } from "./sign-request.ts";

/** A request before its body is read. */
export interface RequestHead {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
}

/** How one is verified. */
export interface Verifying {
  readonly direction: Direction;
  /** The secrets of the bridge that is named; none where there is no such bridge. */
  readonly secretsOf: (bridge: string) => readonly string[] | Promise<readonly string[]>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** A head that was signed by one who knows a secret of its bridge. */
export interface Verified {
  readonly id: string;
  readonly bridge: string;
  /** What the body must have. */
  readonly digest: string;
}

/** What came of it. */
export type Verdict = { readonly verified: Verified } | { readonly refused: Refusal };

/** How far the two clocks may be apart, either way, in milliseconds. */
export const TOLERANCE_MS: number = 5 * 60_000;
// as many as either side has during a rotation; more are a stranger's, who shall not have them all compared
const MOST_SIGNATURES = 4;
// of the least length that a secret has, for a bridge that nobody has: its refusal takes as long
const NOBODYS = "0".repeat(32);

/**
 * Whether a request comes from who it says, by its head alone: the body is neither read nor parsed. What a stranger is told is the same whichever bridges there
 * are. That it is too old is told only to one who has signed it.
 */
export async function verifyHead(head: RequestHead, { direction, secretsOf, now }: Verifying): Promise<Verdict> {
  const read = readHead(head);
  if ("refused" in read) return read;
  const { id, timestamp, signatures, bridge, digest } = read;
  const { method, url } = head;
  const text = signedText({ id, timestamp }, canonicalText({ direction, method, path: url.pathname + url.search, bridge, digest }));
  const secrets = isBridgeName(bridge) ? (await secretsOf(bridge)).filter((secret) => secret.trim() !== "") : [];
  const own = await Promise.all((secrets.length === 0 ? [NOBODYS] : secrets).map((secret) => signatureOf(secret, text)));
  // every pair is compared, so that the time does not tell which one came close
  const matches = own.flatMap((mine) => signatures.filter((theirs) => isSameText(mine, theirs)));
  if (secrets.length === 0 || matches.length === 0) return { refused: refusal("signature_invalid", WRONG_SECRET[direction]) };
  const apartMs = now - Number(timestamp) * 1000;
  if (Math.abs(apartMs) > TOLERANCE_MS) return { refused: refusal("too_old", tooOld(apartMs)) };
  return { verified: { id, bridge, digest } };
}

/** What is wrong with a body that came with a verified head; nothing where it is the one that was signed. */
export async function verifyBody({ digest }: Pick<Verified, "digest">, body: Uint8Array): Promise<Refusal | undefined> {
  if (isSameText(await digestOf(body), digest)) return undefined;
  return refusal(
    "body_changed",
    "The body is not the one that was signed: something on the way rewrites bodies. Let the two speak directly, or switch it off.",
  );
}

/** What to compare where a secret is another one, or something was changed on the way. */
const WRONG_SECRET: Readonly<Record<Direction, string>> = {
  call:
    "The call is not signed with this bridge's secret. NODE_WEBHOOK_TOKEN of the bridge must equal the shared secret that the app has for it, BRIDGE_NAME the name that the app gives it, " +
    "and nothing on the way may rewrite the path.",
  report:
    "The report is not signed with the shared secret that the app has for this bridge. It must equal NODE_WEBHOOK_TOKEN of the bridge, BRIDGE_NAME must be the name that the app gives it, " +
    "and nothing on the way may rewrite the path.",
};

function tooOld(apartMs: number): string {
  const seconds = Math.round(Math.abs(apartMs) / 1000);
  return `It was signed ${seconds} seconds ${apartMs > 0 ? "ago" : "ahead"} by this machine's clock, and counts for 300. Set the clocks of app and bridge by a time server.`;
}

interface ReadHead {
  readonly id: string;
  readonly timestamp: string;
  readonly signatures: readonly string[];
  readonly bridge: string;
  readonly digest: string;
}

function readHead({ headers }: RequestHead): ReadHead | { readonly refused: Refusal } {
  const signature = headers.get(HEADERS.signature);
  if (signature === null)
    return {
      refused: refusal("signature_missing", `The request has no ${HEADERS.signature} header: only an app and its bridge speak here.`),
    };
  const version = headers.get(HEADERS.version) ?? "";
  if (version !== String(PROTOCOL_VERSION)) {
    const said = /^\d{1,4}$/.test(version) ? `version ${version}` : "no version that is known";
    const message = `The request speaks ${said} of the bridge's protocol, and this side version ${PROTOCOL_VERSION}. Install the same release of @wadesk/unofficial on both.`;
    return { refused: refusal("version_unknown", message) };
  }
  const [id = "", timestamp = "", bridge = "", digest = ""] = [HEADERS.id, HEADERS.timestamp, HEADERS.bridge, HEADERS.digest].map(
    (name) => headers.get(name) ?? "",
  );
  if (!/^[\w.-]{1,200}$/.test(id) || !/^[1-9]\d{0,11}$/.test(timestamp) || !isDigest(digest)) {
    const names = `${HEADERS.id}, ${HEADERS.timestamp} and ${HEADERS.digest}`;
    return { refused: refusal("signature_missing", `The request lacks a header that is signed, or one is no such value: ${names}.`) };
  }
  const signatures = signature.split(" ", MOST_SIGNATURES).filter((text) => text.startsWith("v1,"));
  return { id, timestamp, signatures, bridge, digest };
}
