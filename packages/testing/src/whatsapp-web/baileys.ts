import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Everything that the server takes from Baileys, all of it exported by the package's root:
 * - `proto`: the Protobuf messages of WhatsApp, so that a new field is known here as soon as it is known there;
 * - `encodeBinaryNode`, `decodeBinaryNode`: the binary nodes with their dictionary of tokens, which has to be the client's;
 * - `WA_CERT_DETAILS`: the root that a client trusts, put aside for the server's own while one is running (see `trust.ts`).
 */
export type Baileys = Pick<typeof import("@whiskeysockets/baileys"), "proto" | "encodeBinaryNode" | "decodeBinaryNode" | "WA_CERT_DETAILS">;

let loaded: Promise<Baileys> | undefined;

/** Loads Baileys on first use, the one beside this package or else the working folder's. Throws where the application has not installed it. */
export function loadBaileys(): Promise<Baileys> {
  loaded ??= import("@whiskeysockets/baileys").catch(ofWorkingFolder).catch((cause: unknown) => {
    loaded = undefined;
    throw new Error("the WhatsApp Web server needs @whiskeysockets/baileys 7.0.0-rc14 or newer beside it", { cause });
  });
  return loaded;
}

// `npx -p @wadesk/testing fake-whatsapp` runs from a folder of npm's own, with the bot's Baileys in the folder it is called from
function ofWorkingFolder(): Promise<Baileys> {
  const path = createRequire(join(process.cwd(), "package.json")).resolve("@whiskeysockets/baileys");
  return import(pathToFileURL(path).href) as Promise<Baileys>;
}
