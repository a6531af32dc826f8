import type { WireEvent } from "../../wire/event.ts";
import type { Clock } from "./clock.ts";
import { createStreamParser } from "./parse-stream.ts";
import type { Requests } from "./requests.ts";

/** What the stream is opened with. */
export interface LiveOptions {
  readonly requests: Requests;
  readonly clock: Clock;
  /** From 0 to 1; spreads the browsers of a server that comes back. */
  readonly random: () => number;
  /** How long the list of a snapshot is. */
  readonly limit: () => number;
  /** One event, in order. */
  hear(event: WireEvent): void;
  /** It broke off, or could not be opened; it is tried again. */
  lost(): void;
  /** Nobody is signed in any more: it is not tried again. */
  refused(): void;
}

/** The stream of live events. */
export interface Live {
  /** Tries at once, as when the network is back. */
  again(): void;
  stop(): void;
}

/** A line comes every 15 seconds; where none came for so long, the stream is dead. */
const SILENCE_MS = 40_000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/** Opens the stream, and opens it anew whenever it ends; each time it begins with a snapshot, so that nothing is missed. */
export function openLive({ requests, clock, random, limit, hear, lost, refused }: LiveOptions): Live {
  let pause = FIRST_PAUSE_MS;
  let stopped = false;
  let waiting: (() => void) | undefined;
  let current: AbortController | undefined;

  const open = async (): Promise<void> => {
    waiting = undefined;
    const control = new AbortController();
    current = control;
    const answer = await requests.open(`/events?limit=${limit()}`, control.signal);
    if (stopped || current !== control) return;
    if ("value" in answer) await listen(answer.value, control);
    else if (answer.failure.code === "not_authorized") return end();
    else if (answer.failure.retryAfterMs !== undefined) pause = Math.max(pause, answer.failure.retryAfterMs);
    if (stopped || current !== control) return;
    control.abort();
    lost();
    waiting = clock.after(pause * (0.75 + random() / 2), () => void open());
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  };
  const listen = async ({ body }: Response, control: AbortController): Promise<void> => {
    const parse = createStreamParser();
    const decoder = new TextDecoder();
    const reader = body?.getReader();
    let silence = (): void => {};
    const heard = (): void => {
      silence();
      silence = clock.after(SILENCE_MS, () => control.abort());
    };
    heard();
    try {
      for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader?.read()) {
        heard();
        for (const event of parse(decoder.decode(part.value, { stream: true }))) {
          if (stopped || current !== control) return;
          if (event.type === "end") return event.reason === "not_authorized" ? end() : undefined;
          pause = FIRST_PAUSE_MS;
          hear(event);
        }
      }
    } catch {
      // it broke off, as streams do
    } finally {
      silence();
    }
  };
  const end = (): void => {
    stop();
    refused();
  };
  const stop = (): void => {
    stopped = true;
    waiting?.();
    current?.abort();
  };
  void open();
  return {
    stop,
    again() {
      if (stopped || waiting === undefined) return;
      waiting();
      pause = FIRST_PAUSE_MS;
      void open();
    },
  };
}
