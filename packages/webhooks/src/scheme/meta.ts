import type { RawRequest, RequestHead, WebhookScheme } from "@wadesk/core/ports";
import { verifyMetaSignature } from "../verify/meta.ts";

const SIGNATURE = "x-hub-signature-256";

/** How Meta signs: one App Secret for everything an app receives, so no account is read before verification. */
export const metaScheme: WebhookScheme = {
  detect: ({ headers }: RequestHead): boolean => headers.has(SIGNATURE),
  account: (): undefined => undefined,
  verify: (raw: RawRequest, secret: string): Promise<boolean> =>
    verifyMetaSignature({ body: raw.body, signature: raw.headers.get(SIGNATURE), appSecret: secret }),
};
