import { WadeskError } from "@wadesk/core";
import type { RequestHead, WebhookScheme, WebhookSource } from "@wadesk/core/ports";
import { metaScheme } from "./meta.ts";
import { twilioScheme } from "./twilio.ts";

/** The vendors whose signatures this package knows. */
export type Provider = "meta" | "twilio";

const SCHEMES: Readonly<Record<Provider, WebhookScheme>> = { meta: metaScheme, twilio: twilioScheme };

/** The package that receives a provider's webhooks, for the error that says it is not installed. */
export const PROVIDER_PACKAGES: Readonly<Record<Provider, string>> = { meta: "@wadesk/cloud-api", twilio: "@wadesk/twilio" };

/**
 * Tells which vendor a request claims to come from, by its signature header; `undefined` when it carries none that is known. It is a
 * claim until the signature is verified.
 */
export function detectProvider(head: RequestHead): Provider | undefined {
  if (metaScheme.detect(head)) return "meta";
  return twilioScheme.detect(head) ? "twilio" : undefined;
}

/** The scheme of a source: a built-in one by name, or the one it brings. Throws `configuration_invalid` for a name that is not built in. */
export function schemeOf(kind: string, scheme: WebhookSource<unknown>["scheme"]): WebhookScheme {
  if (typeof scheme !== "string") return scheme;
  if (scheme === "meta" || scheme === "twilio") return SCHEMES[scheme];
  throw new WadeskError("configuration_invalid", {
    detail: `the channel "${kind}" signs its webhooks by "${scheme}", which this version of @wadesk/webhooks does not have; it has meta and twilio`,
  });
}
