import { WadeskError } from "@wadesk/core";
import type { SessionVoice } from "@wadesk/core/ports";
import { watchOldest } from "./watch-oldest.ts";

/** So long one message may take until its bytes have left, in milliseconds: three questions to WhatsApp of 20 seconds each. */
const LIMIT_MS = 60_000;

/** By which clock, and what follows. */
export interface SendsWatch {
  readonly after: SessionVoice["after"];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Called once, when the oldest unfinished send has taken longer than a minute. */
  readonly stuck: () => void;
}

/** Watches the sends of one session. */
export interface WatchedSends {
  /** Does one. Rejects with `outcome_unknown` when a send of the session stands still: nobody knows how far this one came. */
  during<Done>(send: () => Promise<Done>): Promise<Done>;
  /** The session has ended: what is not sent yet is given up, since nobody ends it any more. */
  stop(): void;
}

/**
 * Baileys 7.0.0-rc14 sends under one lock for the whole session. One send that never ends holds up all others, for hours, on a connection that looks well
 * (omni#70). Here the oldest has a minute; then they are given up, and whoever is told makes another client.
 */
export function watchSends({ after, now, stuck }: SendsWatch): WatchedSends {
  const waiting = new Set<(error: WadeskError) => void>();
  const giveUpAll = (detail: string): void => {
    for (const giveUp of waiting) giveUp(new WadeskError("outcome_unknown", { detail }));
  };
  const overdue = (): void => {
    stuck();
    giveUpAll("the client stood still while sending");
  };
  const line = watchOldest({ after, now, limitMs: LIMIT_MS, inTurn: true, overdue });
  return {
    async during(send) {
      const given = Promise.withResolvers<never>();
      given.promise.catch(() => {});
      waiting.add(given.reject);
      const end = line.begin();
      try {
        return await Promise.race([send(), given.promise]);
      } finally {
        end();
        waiting.delete(given.reject);
      }
    },
    stop() {
      line.stop();
      giveUpAll("the connection ended while the client was sending");
    },
  };
}
