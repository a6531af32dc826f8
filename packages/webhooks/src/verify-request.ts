import { WadeskError } from "@wadesk/core";
import type { InboundSource, RawRequest, ReadRequest, RequestHead, SpeakingSecret } from "@wadesk/core/ports";
import { BYTES_A_TURN, turn } from "./body/turn.ts";
import { withAndWithoutCredentials } from "./public-url.ts";
import type { Refusals } from "./refusals.ts";
import type { Receiver } from "./route-table.ts";
import { detectProvider, PROVIDER_PACKAGES, schemeOf } from "./scheme/detect-provider.ts";

/**
 * The channel that a request is for, by the header that bears its signature. Throws `signature_missing` when it carries none, and `provider_unknown`, with the way
 * out, when it carries one that no channel at this path checks.
 */
export function receiverOf(head: RequestHead, receivers: readonly Receiver[], installed: readonly InboundSource[]): Receiver {
  const receiver = receivers.find(({ scheme }) => scheme.detect(head));
  if (receiver) return receiver;
  const provider = detectProvider(head);
  if (!provider) throw new WadeskError("signature_missing");
  const elsewhere = installed.find(({ kind, source }) => schemeOf(kind, source.scheme).detect(head));
  throw new WadeskError("provider_unknown", {
    detail: elsewhere
      ? `this looks like ${provider}, whose webhooks are received at ${elsewhere.source.paths.join(" and ")} below the base path`
      : `this looks like ${provider}; install ${PROVIDER_PACKAGES[provider]} and pass its channel to createWadesk({ channels })`,
  });
}

/** Who sent a verified request. */
export interface Verified {
  /** The account that it names, where the scheme has any. */
  readonly account: string | undefined;
  /** Whom the secret speaks for that verified it. */
  readonly speaker: string;
}

/** Checks the signature against every secret that may have made it. Rejects with `secret_missing` or `signature_invalid`. */
export async function verify(raw: RawRequest, receiver: Receiver, log: Refusals["log"]): Promise<Verified> {
  const { kind, source, scheme } = receiver;
  const { parameter } = raw;
  const context = parameter === undefined ? receiver.context : { ...receiver.context, parameter };
  const { account, verify: isSignedBy } = scheme.read?.(raw, context.now()) ?? readAnew(raw, scheme);
  const found = await source.secretsFor(account, context);
  const secrets = found.filter(({ secret }) => secret.trim() !== "");
  // reading what is large took its time, and so will the check
  if (raw.body.length > BYTES_A_TURN) await turn();
  if (secrets.length === 0) {
    // as long as a wrong secret takes, so that the time does not tell which names are somebody's
    if (parameter !== undefined) await isSignedBy(NOBODYS);
    throw withoutSecret(receiver, parameter, log);
  }
  const signer = await signerAmong(secrets, raw.body.length, isSignedBy);
  if (signer) return { account, speaker: signer.speaker };
  const told = (await source.addresses?.(context)) ?? [];
  const addresses = told.flatMap(withAndWithoutCredentials);
  const elsewhere = addresses.length > 0 ? await signerAmong(secrets, raw.body.length, isSignedBy, addresses) : undefined;
  if (elsewhere) return { account, speaker: elsewhere.speaker };
  const error = new WadeskError("signature_invalid");
  log.warn({ code: error.code, kind, url: checkedUrl(raw.url), secrets: secrets.length, likelyCauses: LIKELY_CAUSES }, error.message);
  throw error;
}

function readAnew(raw: RawRequest, scheme: Receiver["scheme"]): ReadRequest {
  return { account: scheme.account(raw), verify: (secret) => scheme.verify(raw, secret) };
}

async function signerAmong(
  secrets: readonly SpeakingSecret[],
  bytes: number,
  isSignedBy: ReadRequest["verify"],
  addresses?: readonly string[],
): Promise<SpeakingSecret | undefined> {
  for (const each of secrets) {
    if ((await isSignedBy(each.secret, addresses)) && (each.stands === undefined || (await each.stands()))) return each;
    if (bytes > BYTES_A_TURN) await turn();
  }
  return undefined;
}

// of the length that vendors give theirs
const NOBODYS = "0".repeat(32);

function withoutSecret({ kind, scheme }: Receiver, parameter: string | undefined, log: Refusals["log"]): WadeskError {
  const error = new WadeskError("secret_missing", { detail: `channel ${kind}` });
  if (!scheme.perAccount && parameter === undefined) {
    log.error({ code: error.code, kind }, error.message);
    return error;
  }
  // of an account, or to a name, that nobody here has anybody may send something; nor is it told which are here
  log.debug({ code: error.code, kind }, "a webhook of an account or to a name that nobody has was refused");
  return new WadeskError("signature_invalid");
}

const LIKELY_CAUSES: readonly string[] = [
  "the secret belongs to another app or account, or was changed there and not here",
  "something between the vendor and this handler rewrote the body: it must be the raw bytes",
  "the vendor called another URL than the one named here: set publicUrl, or trustForwarded behind a proxy that you run",
  "somebody forged the request, and it was rightly refused",
];

/** Longer URLs are a stranger's, who must not fill the log with them. */
const MOST_LOGGED = 500;

// names of query parameters matter when a URL is compared by eye; their values may be the host's secrets
function checkedUrl({ origin, pathname, search }: URL): string {
  const names = [...new URLSearchParams(search.slice(0, MOST_LOGGED)).keys()].map((name) => `${encodeURIComponent(name)}=…`);
  const whole = `${origin}${pathname}${names.length > 0 ? `?${names.join("&")}` : ""}`;
  return whole.length > MOST_LOGGED ? `${whole.slice(0, MOST_LOGGED)}…` : whole;
}
