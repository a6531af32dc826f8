import type { Logger } from "@wadesk/core";
import type { ChangeNotices, ChangeTopic } from "@wadesk/core/ports";
import type { OpenLine } from "./database.ts";
import { keyText } from "./key-text.ts";

/** Notices that can be ended. */
export interface SqlNotices extends ChangeNotices {
  readonly end: () => Promise<void>;
}

/** Runs work later; the answer cancels it. */
export type After = (delayMs: number, work: () => void) => () => void;

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;
/** A line that was open for so long is a good one: when it is lost, the pauses begin anew. */
const STEADY_MS = 60_000;

/** Keeps a line open while anybody is subscribed. One that is lost is opened again, and then everybody is woken: news may have been missed. */
export function sqlNotices(open: OpenLine, log: Logger, after: After): SqlNotices {
  const listeners = new Set<{ readonly news: string; readonly call: () => void }>();
  let stop: (() => Promise<void>) | undefined;
  let first: Promise<void> = Promise.resolve();

  const wake = (news?: string): void => {
    for (const each of listeners) if (news === undefined || news === each.news) each.call();
  };
  const begin = (): void => {
    const stopping = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    const over = follow({ open, wake, log, after, stopped: stopping.promise, started: started.resolve });
    first = started.promise;
    stop = () => {
      stopping.resolve();
      return over;
    };
  };
  const end = async (): Promise<void> => {
    const running = stop;
    stop = undefined;
    await running?.();
  };

  return {
    async subscribe(topic, listener) {
      const own = { news: newsOf(topic), call: listener };
      listeners.add(own);
      if (stop === undefined) begin();
      await first;
      return async () => {
        listeners.delete(own);
        if (listeners.size === 0) await end();
      };
    },
    async end() {
      listeners.clear();
      await end();
    },
  };
}

// as it is said: nothing for the inbox, as in the first version
function newsOf(topic: ChangeTopic): string {
  if (topic.topic === "inbox") return "";
  return topic.topic === "settings" ? "settings" : `connections ${keyText(topic.workspaceId)}`;
}

interface Following {
  readonly open: OpenLine;
  readonly wake: (news?: string) => void;
  readonly log: Logger;
  readonly after: After;
  readonly stopped: Promise<void>;
  /** The first attempt is over, well or badly. */
  readonly started: () => void;
}

async function follow({ open, wake, log, after, stopped, started }: Following): Promise<void> {
  let over = false;
  void stopped.then(() => {
    over = true;
  });
  let failures = 0;
  for (let missed = false; !over; missed = true) {
    const pauseMs = (): number => Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS);
    try {
      const line = await open(wake);
      started();
      if (missed) wake();
      // one that a server or a pooler drops at once must not be opened ten times a second for ever
      const cancel = after(STEADY_MS, () => {
        failures = 0;
      });
      await Promise.race([line.lost, stopped]);
      cancel();
      if (!over)
        log.warn({ againInMs: pauseMs() }, "the connection on which changes are heard was lost; polling goes on, and it is opened again");
      await line.end();
    } catch (error) {
      log.warn({ reason: error instanceof Error ? error.message : String(error) }, "listening for changes failed; it is tried again");
    }
    started();
    if (!over) await pause(pauseMs(), after, stopped);
    failures += 1;
  }
}

async function pause(delayMs: number, after: After, stopped: Promise<void>): Promise<void> {
  let cancel = (): void => {};
  await Promise.race([
    stopped,
    new Promise<void>((resolve) => {
      cancel = after(delayMs, resolve);
    }),
  ]);
  cancel();
}
