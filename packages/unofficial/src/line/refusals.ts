import type { WadeskError } from "@wadesk/core";
import { errorRow, type VendorErrorRow, vendorError } from "@wadesk/core/ports";

/** What WhatsApp says when it does not take a message, by the code in its answer. Source: Baileys 7.0.0-rc14 and whatsmeow, `send.go`. */
const REFUSALS: ReadonlyMap<string, VendorErrorRow> = new Map([
  ["463", errorRow("spam_limited", "WhatsApp lets this number write to nobody new for the moment; chats that exist go on")],
  ["475", errorRow("spam_limited", "this number has begun as many new chats as it may; chats that exist go on")],
  ["479", errorRow("provider_refused", "WhatsApp found the devices of the recipient changed; send it again")],
]);

/** WhatsApp's refusal of a message as our error. */
export function refusalOf(code: string): WadeskError {
  return vendorError({ vendor: "unofficial", code: Number(code) }, REFUSALS.get(code) ?? errorRow("provider_refused"));
}
