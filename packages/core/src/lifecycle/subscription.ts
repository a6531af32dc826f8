import type { Engine } from "../engine/engine.ts";
import type { ChangeTopic } from "../ports/stores/storage.ts";
import { messageOf } from "../runtime/live.ts";

const TRY_AGAIN_MS = 30_000;

/** What is heard from other processes, until it is ended. */
export interface Subscription {
  readonly ready: Promise<void>;
  end(): Promise<void>;
}

/**
 * Hears from the other processes of one topic, where the storage can tell; the listener is also called once it is heard, for what came before.
 * What cannot be subscribed to is tried again, and the answer ends it.
 */
export function subscribe({ storage, runtime }: Engine, topic: ChangeTopic, listener: () => void): Subscription {
  const { clock, log } = runtime;
  let ended = false;
  let cancel = (): void => {};
  let leave = async (): Promise<void> => {};

  const begin = async (): Promise<void> => {
    if (storage.changes === undefined) return;
    try {
      const unsubscribe = await storage.changes.subscribe(topic, () => {
        if (!ended) listener();
      });
      if (ended) await unsubscribe();
      else leave = unsubscribe;
      // what came in before it
      if (!ended) listener();
    } catch (error) {
      log.warn({ reason: messageOf(error) }, "the storage's notices cannot be heard; polling goes on, and they are tried again");
      if (!ended) cancel = clock.after(TRY_AGAIN_MS, () => void begin());
    }
  };
  return {
    ready: begin(),
    async end() {
      ended = true;
      cancel();
      try {
        await leave();
      } catch (error) {
        log.warn({ reason: messageOf(error) }, "a subscription could not be ended");
      }
    },
  };
}
