import { WadeskError } from "@wadesk/core";
import type { SessionVoice } from "@wadesk/core/ports";
import type { BinaryNode, Socket } from "../baileys/baileys.ts";
import { onEnd } from "../socket/on-end.ts";
import { refusalOf } from "./refusals.ts";

/** How long WhatsApp may take to acknowledge a message, in milliseconds. */
const PATIENCE_MS = 30_000;

/** Waits for WhatsApp's word on one message. */
export interface Ack {
  /** Resolves when WhatsApp took it. Rejects with why it did not, and with `outcome_unknown` where nothing was heard. */
  readonly taken: Promise<void>;
  /** Waits no longer. */
  forget(): void;
}

/** Begins to wait; call it before the message is sent. */
export function awaitAck(socket: Pick<Socket, "ws" | "ev">, after: SessionVoice["after"], messageId: string): Ack {
  const taken = Promise.withResolvers<void>();
  // whoever sends hears of it where it waits
  taken.promise.catch(() => {});
  const unheard = (detail: string) => (): void => taken.reject(new WadeskError("outcome_unknown", { detail }));
  const hear = ({ attrs: { id, error } }: BinaryNode): void => {
    if (id !== messageId) return;
    if (error === undefined) taken.resolve();
    else taken.reject(refusalOf(error));
  };
  socket.ws.on("CB:ack,class:message", hear);
  const stop = onEnd(socket, unheard("the connection ended before WhatsApp answered"));
  const cancel = after(PATIENCE_MS, unheard("WhatsApp did not answer within 30 seconds"));
  return {
    taken: taken.promise,
    forget() {
      cancel();
      stop();
      socket.ws.off("CB:ack,class:message", hear);
    },
  };
}
