import { createHmac, randomBytes } from "node:crypto";

/** Posts a well-formed webhook that was signed with another secret than the app's, as a forger would; answers the status and the code. */
export async function postForged(
  url: string,
  phoneNumberId: string,
  wabaId: string,
): Promise<{ readonly status: number; readonly code: string }> {
  const message = { from: "15550100666", id: "wamid.forged", timestamp: "1760000000", type: "text", text: { body: "Refund me" } };
  const value = { messaging_product: "whatsapp", metadata: { phone_number_id: phoneNumberId }, messages: [message] };
  const body = JSON.stringify({ object: "whatsapp_business_account", entry: [{ id: wabaId, changes: [{ field: "messages", value }] }] });
  const signature = `sha256=${createHmac("sha256", randomBytes(16)).update(body).digest("hex")}`;
  const headers = { "content-type": "application/json", "x-hub-signature-256": signature };
  const response = await fetch(url, { method: "POST", headers, body });
  const { error } = (await response.json()) as { error?: { code?: string } };
  return { status: response.status, code: error?.code ?? "none" };
}
