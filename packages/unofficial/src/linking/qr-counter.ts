import type { LinkStep } from "@wadesk/core";

/** How many rounds of QRs or codes one attempt has. Each QR of a round is shown once, and WhatsApp gives six. */
export const ROUNDS = 3;

// how long WhatsApp lets the first of a round stand, and each other (Baileys 7.0.0-rc14, socket.js)
const FIRST_MS = 60_000;
const NEXT_MS = 20_000;

/** Counts the QRs of one attempt over all its rounds. */
export interface QrCounter {
  /** Begins a round. */
  begin(): void;
  /** How many there are in this round. */
  refs(count: number): void;
  /** The step that shows the next one. `now` is in milliseconds since the epoch. */
  next(text: string, now: number): LinkStep;
}

/** Makes one; `qrTimeoutMs` is for how long each is shown where that is not WhatsApp's own time. */
export function createQrCounter(qrTimeoutMs: number | undefined): QrCounter {
  let round = 0;
  let ofRound = 0;
  let inRound = 0;
  let number = 0;
  return {
    begin() {
      round += 1;
      inRound = 0;
    },
    refs(count) {
      ofRound = count;
    },
    next(text, now) {
      inRound += 1;
      number += 1;
      const of = number + Math.max(0, ofRound - inRound) + (ROUNDS - round) * ofRound;
      const lifeMs = qrTimeoutMs ?? (inRound === 1 ? FIRST_MS : NEXT_MS);
      return { type: "qr", text, expiresAt: now + lifeMs, number, of };
    },
  };
}
