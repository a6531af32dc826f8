/**
 * Everything that the server takes from Baileys, all of it exported by the package's root:
 * - `proto`: the Protobuf messages of WhatsApp, so that a new field is known here as soon as it is known there;
 * - `encodeBinaryNode`, `decodeBinaryNode`: the binary nodes with their dictionary of tokens, which has to be the client's;
 * - `WA_CERT_DETAILS`: the root that a client trusts, put aside for the server's own while one is running (see `trust.ts`).
 */
export type Baileys = Pick<typeof import("@whiskeysockets/baileys"), "proto" | "encodeBinaryNode" | "decodeBinaryNode" | "WA_CERT_DETAILS">;

let loaded: Promise<Baileys> | undefined;

/** Loads Baileys on first use. Throws where the application has not installed it. */
export function loadBaileys(): Promise<Baileys> {
  loaded ??= import("@whiskeysockets/baileys").catch((cause: unknown) => {
    loaded = undefined;
    throw new Error("the WhatsApp Web server needs @whiskeysockets/baileys 7.0.0-rc14 or newer beside it", { cause });
  });
  return loaded;
}
