import type { Socket, SocketEvents } from "../baileys/baileys.ts";

/** Runs `work` when a client ends, however it does; the answer hears no more. Baileys takes the listeners of its connection away when it ends one itself. */
export function onEnd({ ev }: Pick<Socket, "ev">, work: () => void): () => void {
  const hear = ({ connection }: SocketEvents["connection.update"]): void => {
    if (connection === "close") work();
  };
  ev.on("connection.update", hear);
  return () => ev.off("connection.update", hear);
}
