import type { WebhookScheme, WebhookSource } from "@wadesk/core/ports";
import { normalizeParrot } from "./normalize.ts";
import type { ParrotSettings } from "./options.ts";

const SIGNATURE = "parrot-signature";

/** Who speaks for all lines: the one Parrot account of the platform, whose secret the admin has set. */
export const SPEAKER = "parrot:platform";

/** How Parrot signs: HMAC-SHA-256 over the raw bytes, as hexadecimal digits. */
const scheme: WebhookScheme = {
  detect: ({ headers }) => headers.has(SIGNATURE),
  account: () => undefined,
  async verify({ headers, body }, secret) {
    const signature = headers.get(SIGNATURE) ?? "";
    // an empty secret is everybody's
    if (secret === "" || !/^[0-9a-f]{64}$/.test(signature)) return false;
    const usage = { name: "HMAC", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(secret), usage, false, ["verify"]);
    // compares in constant time
    return crypto.subtle.verify(
      "HMAC",
      key,
      Uint8Array.from(signature.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)),
      new Uint8Array(body),
    );
  },
};

/** Parrot's side of the webhook endpoint. */
export const parrotWebhook: WebhookSource<ParrotSettings> = {
  paths: ["/parrot"],
  scheme,
  secretsFor: async (_account, context) =>
    (await context.platformSecrets("signingSecret")).map(({ secret }) => ({ secret, speaker: SPEAKER })),
  normalize: normalizeParrot,
  acknowledge: () => new Response(null, { status: 204 }),
};
