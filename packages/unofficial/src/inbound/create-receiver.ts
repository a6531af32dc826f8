import { isWadeskError } from "@wadesk/core";
import type { InboundEvent } from "@wadesk/core/ports";
import type { SocketEvents } from "../baileys/baileys.ts";
import type { Connecting } from "../socket/connecting.ts";
import type { HeardMessages } from "./heard-messages.ts";
import { messageEvent, statusEvent } from "./read-events.ts";

/** Hands what a session hears to core. */
export interface Receiver {
  hear(batch: Partial<SocketEvents>): void;
  /** Resolves when all that was heard so far is stored, or could not be. */
  settled(): Promise<void>;
}

/** Makes the receiver of one session. What comes in batches is stored in their order. */
export function createReceiver({ route, connectionId, voice, log, now }: Connecting, heard: HeardMessages): Receiver {
  let before: Promise<void> = Promise.resolve();
  return {
    hear(batch) {
      const messages = batch["messages.upsert"]?.messages ?? [];
      const events: readonly InboundEvent[] = [
        ...messages.flatMap((message) => messageEvent(route, message) ?? []),
        ...(batch["messages.update"] ?? []).flatMap((update) => statusEvent(route, update, now()) ?? []),
      ];
      if (events.length === 0) return;
      before = before.then(async () => {
        try {
          await heard.note(messages, now());
          await voice.receive(events);
        } catch (error) {
          // stored, and handled when the handlers can
          if (isWadeskError(error, "handler_unfinished")) return;
          const reason = isWadeskError(error) ? error.code : "unexpected";
          log.error({ connectionId, count: events.length, reason }, "what came in on a linked phone could not be stored");
        }
      });
    },
    settled: () => before,
  };
}
