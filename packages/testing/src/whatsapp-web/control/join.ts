import { readFileSync } from "node:fs";
import { loadBaileys } from "../baileys.ts";
import { routeFetch } from "../media/fetch-route.ts";
import type { ReadyFile } from "./ready-file.ts";

/**
 * Makes the process of a bot on Baileys find a server in another one, by its ready file: the bot trusts the server's certificates, and what `fetch` asks
 * of WhatsApp's own media host, as for history and app state, it gets from the server's. Answers what is in the file. Throws where it cannot be read.
 *
 * @example
 * ```ts
 * const { url } = await joinWhatsAppWeb(process.env.FAKE_WHATSAPP_READY ?? "ready.json");
 * const socket = makeWASocket({ auth, waWebSocketUrl: url });
 * ```
 */
export async function joinWhatsAppWeb(readyFile: string): Promise<ReadyFile> {
  const ready = JSON.parse(readFileSync(readyFile, "utf8")) as ReadyFile;
  const baileys = await loadBaileys();
  Buffer.from(ready.rootKey, "hex").copy(baileys.WA_CERT_DETAILS.PUBLIC_KEY);
  routeFetch({ origin: ready.mediaUrl, plainOrigin: ready.plainMediaUrl, has: () => true });
  return ready;
}
