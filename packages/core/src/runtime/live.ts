import { EventEmitter } from "eventemitter3";
import type { LiveEvents } from "../api/live-events.ts";
import type { Logger } from "../ports/runtime.ts";

/** The emitter behind `on`. A listener that throws is logged and disturbs nothing. */
export interface Live {
  emit<Name extends keyof LiveEvents>(name: Name, ...values: LiveEvents[Name]): void;
  on<Name extends keyof LiveEvents>(name: Name, listener: (...values: LiveEvents[Name]) => void): () => void;
}

/** Makes the emitter of one client. */
export function createLive(log: Logger): Live {
  const emitter = new EventEmitter();
  return {
    emit: (name, ...values) => void emitter.emit(name, ...values),
    on(name, listener) {
      const complain = (error: unknown): void =>
        log.error({ event: name, reason: messageOf(error) }, "a listener threw; what must not be lost belongs in process()");
      const guarded = (...values: Parameters<typeof listener>): void => {
        try {
          // an async listener fits the type too, and its rejection would end the process
          Promise.resolve(listener(...values)).catch(complain);
        } catch (error) {
          complain(error);
        }
      };
      emitter.on(name, guarded);
      return () => void emitter.off(name, guarded);
    },
  };
}

/** What an unknown error says, short enough for a log line. Never throws, whatever was thrown. */
export function messageOf(error: unknown): string {
  const text = textOf(error);
  return text.length > 500 ? `${text.slice(0, 500)}…` : text;
}

// not everything can be made a text, and what is thrown in a handler may be anything
function textOf(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error);
  } catch {
    return "what was thrown says nothing";
  }
}
