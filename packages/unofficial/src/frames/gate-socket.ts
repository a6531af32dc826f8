import type { Socket } from "../baileys/baileys.ts";

/** The WebSocket below a client, as Baileys 7.0.0-rc14 writes to it. */
interface RawSocket {
  send(data: Uint8Array, sent?: (error?: Error) => void): void;
}

/**
 * For Baileys 7.0.0-rc14, which sends receipts and messages before what they rest on is stored. Here a frame leaves when everything is stored that was under way
 * when it was written, and after those before it; where that fails it never leaves. Baileys itself does not wait, so that many messages share one
 * transaction, and is told at once that a frame which waits was sent: after 20 seconds (`connectTimeoutMs`) it would take it for one that never leaves, though
 * it does. `underWay` answers what there is. Throws where a client has no socket that can be gated.
 */
export function gateSocket({ ws }: Pick<Socket, "ws">, underWay: () => readonly (Promise<unknown> | undefined)[]): void {
  const { socket: raw } = ws as unknown as { readonly socket?: RawSocket | null };
  if (typeof raw?.send !== "function") throw new Error("this version of Baileys writes to a socket that cannot be gated");
  const send = raw.send.bind(raw);
  let waiting = 0;
  let before: Promise<void> = Promise.resolve();
  raw.send = (data, sent) => {
    const open = underWay().filter((each) => each !== undefined);
    if (open.length === 0 && waiting === 0) {
      send(data, sent);
      return;
    }
    waiting += 1;
    const stored = Promise.all(open);
    stored.catch(() => {});
    // one that is never written keeps all that follow
    before = before
      .then(() => stored)
      .then(() => {
        waiting -= 1;
        send(data);
      });
    before.catch(() => {});
    sent?.();
  };
}
