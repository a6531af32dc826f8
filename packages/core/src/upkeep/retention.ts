import type { Engine } from "../engine/engine.ts";
import { messageOf } from "../runtime/live.ts";
import { pause } from "../time/pause.ts";
import type { UpkeepTask } from "./upkeep.ts";

/** How long things are kept, in milliseconds; absent is for ever. */
export interface RetentionTimes {
  readonly doneMs: number;
  readonly deadLettersMs?: number;
  readonly messagesMs?: number;
}

/** Forgets what is old. */
export interface Retention {
  /** Goes on until nothing is left to forget. */
  readonly task: UpkeepTask;
  /** A bounded share, for processes that live too short for upkeep; `first` is asked even if this one was born a moment ago. Never rejects. */
  tidy(first?: "first"): Promise<void>;
}

const HOUR_MS = 60 * 60 * 1000;
const ASK_AGAIN_MS: number = 10 * 60 * 1000;
const LEASE = "retention";
const BATCH = 1000;
const SHARE = 5;
const PAUSE_MS = 50;

/** Makes the retention of one client. A lease that is never released while it lasts has it run once an hour, whoever asks. */
export function createRetention(engine: Engine, owner: string, times: RetentionTimes): Retention {
  const { storage, runtime } = engine;
  const { clock } = runtime;
  let askedAt = Number.NEGATIVE_INFINITY;
  const bornAt = clock.now();

  const batch = async (): Promise<boolean> => {
    const now = engine.time.now();
    const { doneMs, deadLettersMs, messagesMs } = times;
    const dead = deadLettersMs === undefined ? {} : { deadBefore: now - deadLettersMs };
    const gone = [
      await storage.inbox.prune({ doneBefore: now - doneMs, ...dead, limit: BATCH }),
      messagesMs === undefined ? 0 : await storage.messages.prune(now - messagesMs, BATCH),
      await storage.records.prune(BATCH),
    ];
    return gone.some((count) => count >= BATCH);
  };
  const work = async (goesOn: (batches: number) => boolean): Promise<void> => {
    askedAt = clock.now();
    const fence = await storage.leases.acquire(LEASE, owner, HOUR_MS);
    if (fence === undefined) return;
    let finished = false;
    try {
      for (let batches = 0; !finished && goesOn(batches); batches += 1) {
        // the pump has the storage in between
        if (batches > 0) await pause(clock, PAUSE_MS);
        finished = !(await batch());
      }
    } finally {
      if (!finished) {
        askedAt = Number.NEGATIVE_INFINITY;
        await storage.leases.release(fence);
      }
    }
  };

  return {
    task: {
      name: "retention",
      async run({ isHeld }) {
        if (clock.now() >= askedAt + ASK_AGAIN_MS) await work(isHeld);
      },
    },
    async tidy(first) {
      if (clock.now() < (first === undefined ? Math.max(bornAt, askedAt) + HOUR_MS : askedAt + ASK_AGAIN_MS)) return;
      try {
        await work((batches) => batches < SHARE);
      } catch (error) {
        runtime.log.warn({ reason: messageOf(error) }, "what is old could not be forgotten; trying again later");
      }
    },
  };
}
