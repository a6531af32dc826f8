import { createWadesk, type Wadesk } from "@wadesk/core";
import { type MagpieChannel, magpie } from "./magpie.ts";

/** A client with Magpie alone. `fetch` is for tests; the global one when absent. */
export function createClient(fetch?: typeof globalThis.fetch): Wadesk<MagpieChannel> {
  return createWadesk({
    channels: [magpie()],
    encryptionKeys: process.env.WADESK_ENCRYPTION_KEYS,
    publicUrl: "https://chat.example.com",
    ...(fetch && { fetch }),
  });
}
