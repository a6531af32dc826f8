import { WadeskError } from "@wadesk/core";
import type { BinaryNode, Socket } from "../baileys/baileys.ts";
import { onEnd } from "../socket/on-end.ts";

/**
 * Asks for a code of eight characters. Baileys 7.0.0-rc14 answers before WhatsApp has, and hears no refusal: here WhatsApp's answer is waited for. Rejects with
 * `pair_failed` for a number that is not on WhatsApp, and with `rate_limited` where it asked too often.
 */
export async function askForCode(socket: Pick<Socket, "ws" | "ev" | "requestPairingCode">, phone: string): Promise<string> {
  const answered = Promise.withResolvers<void>();
  answered.promise.catch(() => {});
  const taken = (): void => answered.resolve();
  const refused = (node: BinaryNode): void => answered.reject(refusalOf(node));
  const closed = (): void =>
    answered.reject(new WadeskError("provider_unavailable", { detail: "the connection ended before WhatsApp answered" }));
  socket.ws.on("CB:iq,,link_code_companion_reg", taken);
  socket.ws.on("CB:iq,type:error", refused);
  const stop = onEnd(socket, closed);
  try {
    const code = await socket.requestPairingCode(phone.replace("+", ""));
    await answered.promise;
    return code;
  } finally {
    socket.ws.off("CB:iq,,link_code_companion_reg", taken);
    socket.ws.off("CB:iq,type:error", refused);
    stop();
  }
}

function refusalOf({ content }: BinaryNode): WadeskError {
  const [error] = Array.isArray(content) ? content.filter(({ tag }) => tag === "error") : [];
  const code = Number(error?.attrs.code);
  const vendor = { vendor: "unofficial", ...(Number.isFinite(code) && { code }) };
  if (code === 429) return new WadeskError("rate_limited", { detail: "too many codes were asked for this number", vendor });
  const detail = code === 404 ? "the number is not on WhatsApp" : "WhatsApp gave no code for this number";
  return new WadeskError("pair_failed", { detail, vendor });
}
