import type { EventHandler, HandledEvent, HandlerAttempt } from "../api/wadesk.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { EventType, WadeskEvent } from "../model/event.ts";

/** The durable handlers of one client. */
export interface Handlers {
  register<Type extends EventType>(type: Type, handler: EventHandler<Type>): void;
  run(event: WadeskEvent, attempt: HandlerAttempt): Promise<void>;
  readonly any: () => boolean;
}

/** Makes the table of handlers: one per event type. A message that came in is handed over with the way to answer it. */
export function createHandlers(answerable: (event: WadeskEvent<"message.received">) => HandledEvent<"message.received">): Handlers {
  const byType = new Map<string, (event: WadeskEvent, attempt: HandlerAttempt) => Promise<void>>();
  return {
    register(type, handler) {
      if (byType.has(type)) throw new WadeskError("handler_taken", { detail: type });
      // the table pairs each type with its own handler, which the compiler cannot follow through a map
      byType.set(type, async (event, attempt) => handler(event as Parameters<typeof handler>[0], attempt));
    },
    async run(event, attempt) {
      await byType.get(event.type)?.(event.type === "message.received" ? answerable(event) : event, attempt);
    },
    any: () => byType.size > 0,
  };
}
