import type { RawRequest, WebhookScheme } from "@wadesk/core/ports";
import { signMeta, signTwilio } from "../signing.ts";

/** The vendors' schemes, written a second time from the vendors' documentation and the signers, so that a source is not checked by its own package. */
export function vendorScheme(name: string): WebhookScheme {
  if (name === "meta") return meta;
  if (name === "twilio") return twilio;
  throw new Error(`the webhook source contract does not know the scheme ${name}; hand it over as an object`);
}

const meta: WebhookScheme = {
  detect: ({ headers }) => headers.has("x-hub-signature-256"),
  account: () => undefined,
  verify: async ({ headers, body }, secret) => headers.get("x-hub-signature-256") === signMeta(body, secret),
};

const formOf = ({ body }: RawRequest): URLSearchParams => new URLSearchParams(new TextDecoder().decode(body));

const twilio: WebhookScheme = {
  detect: ({ headers }) => headers.has("x-twilio-signature"),
  account: (raw) => formOf(raw).get("AccountSid") ?? undefined,
  verify: async (raw, secret) =>
    raw.headers.get("x-twilio-signature") === signTwilio({ url: raw.url.href, parameters: formOf(raw), authToken: secret }),
};
