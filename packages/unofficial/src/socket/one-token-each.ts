import type { BinaryNode, Socket } from "../baileys/baileys.ts";

const ACKS = "CB:ack,class:message";
/** What the first message to somebody meets under a lock, or without a privacy token of theirs. */
const NO_REACHOUT = "463";

/**
 * For Baileys 7.0.0-rc14. When a message is refused with 463 it gives the contact another privacy token, though it gave one with the message itself; WhatsApp
 * counts those, and one is for a week. Here Baileys is told of the refusal as of any other. Call it before anybody else listens for acknowledgements.
 */
export function giveOneTokenEach({ ws, ev }: Pick<Socket, "ws" | "ev">): void {
  for (const listener of ws.listeners(ACKS) as ((ack: BinaryNode) => void)[]) {
    ws.off(ACKS, listener);
    ws.on(ACKS, (ack: BinaryNode) => {
      const { error, from, id } = ack.attrs;
      if (error !== NO_REACHOUT) return listener(ack);
      const key = { fromMe: true, ...(from !== undefined && { remoteJid: from }), ...(id !== undefined && { id }) };
      // its status of a refusal
      ev.emit("messages.update", [{ key, update: { status: 0, messageStubParameters: [error] } }]);
    });
  }
}
