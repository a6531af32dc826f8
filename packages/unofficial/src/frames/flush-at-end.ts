import type { Socket } from "../baileys/baileys.ts";

/**
 * For Baileys 7.0.0-rc14. While a login goes on it holds what came in back, though WhatsApp has its receipt; when the connection ends then, it throws that
 * away. Here it is handed out before.
 */
export function flushAtEnd(socket: Pick<Socket, "registerSocketEndHandler" | "ev">): void {
  socket.registerSocketEndHandler(() => {
    socket.ev.flush();
  });
}
