import { randomBytes } from "node:crypto";
import { SERVER_JID } from "../directory/jid.ts";
import { type BinaryNode, node } from "../wire/node.ts";

const TEN_MINUTES_MS = 600_000;

/**
 * The notification by which WhatsApp asks a companion for a passkey while it is being linked, since July 2026 and for some accounts: WebAuthn
 * options for `whatsapp.com`, to be answered within ten minutes. Baileys 7.0.0-rc14 acknowledges it and knows no answer, so linking stops there.
 */
export function passkeyRequest(id: string, t: number): BinaryNode {
  const options = {
    challenge: randomBytes(32).toString("base64url"),
    rpId: "whatsapp.com",
    timeout: TEN_MINUTES_MS,
    allowCredentials: [],
    userVerification: "required",
  };
  return node("notification", { from: SERVER_JID, type: "passkey_prologue_request", id, t }, [
    node("passkey_request_options", {}, Buffer.from(JSON.stringify(options))),
  ]);
}
