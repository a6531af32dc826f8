import type { SessionVoice } from "@wadesk/core/ports";
import type { Socket } from "../baileys/baileys.ts";
import { onEnd } from "../socket/on-end.ts";

/** How long WhatsApp's answer is waited for, in milliseconds. */
const PATIENCE_MS = 3000;

/** Tells WhatsApp that this device is linked no more, and waits for its answer or three seconds. Rejects where that could not be sent, or was refused. */
export async function logOut(
  socket: Pick<Socket, "user" | "query" | "generateMessageTag" | "ev">,
  after: SessionVoice["after"],
): Promise<void> {
  const jid = socket.user?.id;
  if (jid === undefined) return;
  const ended = Promise.withResolvers<void>();
  const stop = onEnd(socket, ended.resolve);
  const content = [{ tag: "remove-companion-device", attrs: { jid, reason: "user_initiated" } }];
  const attrs = { to: "s.whatsapp.net", type: "set", id: socket.generateMessageTag(), xmlns: "md" };
  const cancel = after(PATIENCE_MS, ended.resolve);
  // WhatsApp may end the connection in place of an answer
  await Promise.race([socket.query({ tag: "iq", attrs, content }), ended.promise]).finally(() => {
    stop();
    cancel();
  });
}
