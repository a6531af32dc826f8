import type { SessionVoice } from "@wadesk/core/ports";
import type { Socket } from "../baileys/baileys.ts";
import { watchOldest } from "./watch-oldest.ts";

/** So long one stanza may take until the next has its turn, in milliseconds. */
const LIMIT_MS = 30_000;
/** What a stanza needs before it gets in line is read from the storage, and is there after so many milliseconds, or the storage itself is overdue. */
const IN_LINE_MS = 20_000;

/** A client with the locks under which it does one thing after the other. */
export type Handling = Pick<Socket, "ws" | "messageMutex" | "receiptMutex" | "notificationMutex">;

/** Whom to watch, by which clock, and what follows. */
export interface HandlingWatch {
  readonly socket: Handling;
  readonly after: SessionVoice["after"];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Called once, when stanzas came and nothing of their kind was done for half a minute. */
  readonly deaf: () => void;
}

/**
 * For Baileys 7.0.0-rc14. It handles messages one after the other under a lock, receipts and notifications too. One handler that never ends holds up all that
 * come after it, while pings are answered and everything looks well (Baileys#2491). Here something that does nothing gets in line behind each stanza: as
 * long as those come through, what came before them was done. The answer ends it.
 */
export function watchHandling({ socket, after, now, deaf }: HandlingWatch): () => void {
  const locks = [
    ["CB:message", socket.messageMutex],
    ["CB:receipt", socket.receiptMutex],
    ["CB:notification", socket.notificationMutex],
  ] as const;
  const stops = locks.map(([stanzas, lock]) => {
    const line = watchOldest({ after, now, limitMs: LIMIT_MS, inTurn: true, overdue: deaf });
    let cancel: (() => void) | undefined;
    const getInLine = (): void => {
      const end = line.begin();
      lock.mutex(async () => {}).then(end, end);
    };
    const hear = (): void => {
      getInLine();
      // the last one of all has nothing behind it that would show that it stands still
      cancel ??= after(IN_LINE_MS, () => {
        cancel = undefined;
        getInLine();
      });
    };
    socket.ws.on(stanzas, hear);
    return (): void => {
      socket.ws.off(stanzas, hear);
      cancel?.();
      line.stop();
    };
  });
  return () => {
    for (const stop of stops) stop();
  };
}
