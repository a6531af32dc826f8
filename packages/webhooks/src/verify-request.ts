import { type InboundSource, type Logger, type RawRequest, WadeskError } from "@wadesk/core";
import type { Receiver } from "./route-table.ts";
import { detectProvider, PROVIDER_PACKAGES, schemeOf } from "./scheme/detect-provider.ts";

/**
 * The channel that a request is for, by its signature. Throws `signature_missing` when it carries none, and `provider_unknown`, with the way
 * out, when it carries one that no channel at this path checks.
 */
export function receiverOf(raw: RawRequest, receivers: readonly Receiver[], installed: readonly InboundSource[]): Receiver {
  const receiver = receivers.find(({ scheme }) => scheme.detect(raw));
  if (receiver) return receiver;
  const provider = detectProvider(raw);
  if (!provider) throw new WadeskError("signature_missing");
  const elsewhere = installed.find(({ kind, source }) => schemeOf(kind, source.scheme).detect(raw));
  throw new WadeskError("provider_unknown", {
    detail: elsewhere
      ? `this looks like ${provider}, whose webhooks are received at ${elsewhere.source.paths.join(" and ")} below the base path`
      : `this looks like ${provider}; install ${PROVIDER_PACKAGES[provider]} and pass its channel to createWadesk({ channels })`,
  });
}

/**
 * Checks the signature against every secret that may have made it; answers whom that secret speaks for. Rejects with `secret_missing` or
 * `signature_invalid`.
 */
export async function verify(raw: RawRequest, { kind, source, context, scheme }: Receiver, log: Logger): Promise<string> {
  const found = await source.secretsFor(scheme.account(raw), context);
  const secrets = found.filter(({ secret }) => secret.trim() !== "");
  if (secrets.length === 0) {
    const error = new WadeskError("secret_missing", { detail: `channel ${kind}` });
    log.error({ code: error.code, kind }, error.message);
    throw error;
  }
  for (const { secret, speaker, stands } of secrets) {
    if ((await scheme.verify(raw, secret)) && (stands === undefined || (await stands()))) return speaker;
  }
  const error = new WadeskError("signature_invalid");
  log.warn({ code: error.code, kind, url: checkedUrl(raw.url), secrets: secrets.length, likelyCauses: LIKELY_CAUSES }, error.message);
  throw error;
}

const LIKELY_CAUSES: readonly string[] = [
  "the secret belongs to another app or account, or was changed there and not here",
  "something between the vendor and this handler rewrote the body: it must be the raw bytes",
  "the vendor called another URL than the one named here: set publicUrl, or trustForwarded behind a proxy that you run",
  "somebody forged the request, and it was rightly refused",
];

// names of query parameters matter when a URL is compared by eye; their values may be the host's secrets
function checkedUrl(url: URL): string {
  const names = [...url.searchParams.keys()].map((name) => `${encodeURIComponent(name)}=…`);
  return `${url.origin}${url.pathname}${names.length > 0 ? `?${names.join("&")}` : ""}`;
}
