import { randomBytes } from "node:crypto";
import { SERVER_JID } from "../directory/jid.ts";
import { type BinaryNode, node } from "../wire/node.ts";

const TEN_MINUTES_MS = 600_000;

/** WebAuthn options for `whatsapp.com`, to be answered within ten minutes, as JSON. */
export function passkeyOptions(): string {
  return JSON.stringify({
    challenge: randomBytes(32).toString("base64url"),
    rpId: "whatsapp.com",
    timeout: TEN_MINUTES_MS,
    allowCredentials: [],
    userVerification: "required",
  });
}

/**
 * The notification by which WhatsApp asks a companion for a passkey while it is being linked, since July 2026 and for some accounts; without options
 * the companion has to fetch them. Baileys 7.0.0-rc14 acknowledges it and knows no answer, so linking stops there.
 */
export function passkeyRequest(id: string, t: number, options: string | undefined): BinaryNode {
  return node("notification", { from: SERVER_JID, type: "passkey_prologue_request", id, t }, [
    options === undefined ? undefined : node("passkey_request_options", {}, Buffer.from(options)),
  ]);
}

/** The notification that carries the phone's answer to a companion's prologue (whatsmeow, pair-passkey.go). */
export function passkeyContinuation(id: string, t: number, identity: Uint8Array): BinaryNode {
  return node("notification", { from: SERVER_JID, type: "crsc_continuation", id, t }, [node("primary_ephemeral_identity", {}, identity)]);
}
