import type { WadeskEvent } from "@wadesk/core";
import type { Client } from "@wadesk/example-app/server";

/** Remembers completed events, and lets the demo wait for one. */
export interface Watch {
  /**
   * The first completed event that fits, now or within ten seconds; after that a rejection that says what was missed. It rejects at once where this message,
   * by the vendor's id, has failed.
   */
  until(what: string, fits: (event: WadeskEvent) => boolean, messageId?: string): Promise<WadeskEvent>;
}

const PATIENCE_MS = 10_000;

/** Begins to watch a client. */
export function watch(wadesk: Client): Watch {
  const seen: WadeskEvent[] = [];
  const waiting = new Set<() => void>();
  wadesk.on("event.completed", (event) => {
    seen.push(event);
    for (const look of waiting) look();
  });
  return {
    until: (what, fits, messageId) =>
      new Promise((resolve, reject) => {
        const end = (settle: () => void): void => {
          waiting.delete(look);
          clearTimeout(timer);
          settle();
        };
        const look = (): void => {
          const found = seen.find(fits);
          if (found !== undefined) {
            end(() => resolve(found));
            return;
          }
          const failure = seen.map((event) => failureOf(event, messageId)).find((each) => each !== undefined);
          if (failure !== undefined) end(() => reject(new Error(`${what} did not happen: the message failed with ${failure}`)));
        };
        const timer = setTimeout(
          () => end(() => reject(new Error(`${what} did not happen within ${PATIENCE_MS / 1000} seconds`))),
          PATIENCE_MS,
        );
        waiting.add(look);
        look();
      }),
  };
}

function failureOf({ type, data }: WadeskEvent, messageId: string | undefined): string | undefined {
  if (messageId === undefined || type !== "message.status" || data.messageId !== messageId || data.status !== "failed") return undefined;
  return data.failure === undefined ? "no reason given" : `${data.failure.code}: ${data.failure.message}`;
}
