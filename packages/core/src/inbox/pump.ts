import { WadeskError } from "../errors/wadesk-error.ts";
import type { Claim } from "../ports/stores/inbox-store.ts";
import { messageOf } from "../runtime/live.ts";
import { type AttemptTools, runAttempt } from "./attempt.ts";

/** Works through the inbox: claims what is due and runs it, some events at a time. */
export interface Pump {
  /** Looks for work now. Cheap when there is none. */
  kick(): void;
  /**
   * Resolves when nothing is due and nothing runs, or when the budget is spent; answers how many events were completed meanwhile. Rejects with
   * `storage_unavailable` when the inbox cannot be read.
   */
  drain(budgetMs: number | undefined): Promise<number>;
  /** Claims nothing more and lets what runs finish. */
  stop(): Promise<void>;
  resume(): void;
  readonly stopped: () => boolean;
}

/** How a pump works. */
export interface PumpTools extends AttemptTools {
  readonly owner: string;
  /** How many events are handled at once. */
  readonly concurrency: number;
  readonly retentionMs: number;
  /** Whether this process is one that handles events. */
  readonly mayClaim: () => boolean;
}

const PRUNE_EVERY_MS = 60 * 60 * 1000;
const STORAGE_RETRY_MS = 1000;

/** Makes the pump of one client. */
export function createPump(tools: PumpTools): Pump {
  const { engine, concurrency } = tools;
  const { clock, log } = engine.runtime;
  const { inbox } = engine.storage;
  const running = new Set<Promise<void>>();
  let looking: Promise<void> | undefined;
  let failure: unknown;
  let again = false;
  let stopped = false;
  let completed = 0;
  let prunedAt = clock.now();
  let cancelTimer = (): void => {};

  const begin = (claim: Claim): void => {
    const attempt = runAttempt(tools, claim).then((done) => {
      if (done) completed += 1;
      running.delete(attempt);
      kick();
    });
    running.add(attempt);
  };
  const look = async (): Promise<void> => {
    do {
      again = false;
      const limit = concurrency - running.size;
      if (stopped || limit <= 0 || !tools.mayClaim()) return;
      const claims = await inbox.claim({ owner: tools.owner, limit, leaseMs: tools.leaseMs, now: clock.now() });
      for (const claim of claims) begin(claim);
    } while (again);
  };
  const planNext = async (): Promise<void> => {
    const now = clock.now();
    if (now - prunedAt >= PRUNE_EVERY_MS) {
      prunedAt = now;
      await inbox.prune({ doneBefore: now - tools.retentionMs, limit: 10_000 });
    }
    // a full pump is kicked by whatever ends first
    const due = running.size < concurrency ? await inbox.nextDue() : undefined;
    cancelTimer();
    if (due !== undefined && !stopped) cancelTimer = clock.after(Math.max(due - now, 1), kick);
  };
  const kick = (): void => {
    again = true;
    if (looking !== undefined || stopped) return;
    looking = look()
      .then(planNext)
      .then(() => {
        failure = undefined;
      })
      .catch((error: unknown) => {
        failure = error;
        log.error({ reason: messageOf(error) }, "the inbox could not be read; trying again in a second");
        cancelTimer();
        if (!stopped) cancelTimer = clock.after(STORAGE_RETRY_MS, kick);
      })
      .finally(() => {
        looking = undefined;
        if (again && !stopped && running.size < concurrency) kick();
      });
  };
  const settle = async (): Promise<void> => {
    while (looking !== undefined || running.size > 0) await (looking ?? Promise.race(running));
  };

  return {
    kick,
    async drain(budgetMs) {
      const before = completed;
      kick();
      if (budgetMs === undefined) await settle();
      else {
        const spent = Promise.withResolvers<void>();
        const cancel = clock.after(budgetMs, spent.resolve);
        await Promise.race([settle(), spent.promise]);
        cancel();
      }
      // a cron that drains must not see green while the storage is away
      if (failure !== undefined) throw new WadeskError("storage_unavailable", { detail: "the inbox could not be read" });
      return completed - before;
    },
    async stop() {
      stopped = true;
      cancelTimer();
      await settle();
    },
    resume() {
      stopped = false;
      kick();
    },
    stopped: () => stopped,
  };
}
