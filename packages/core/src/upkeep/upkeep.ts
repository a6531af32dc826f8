import type { Engine } from "../engine/engine.ts";
import type { Fence } from "../ports/stores/record-store.ts";
import { messageOf } from "../runtime/live.ts";
import { within } from "../time/within.ts";

/** What nobody asks for and must happen all the same, in one process at a time. */
export interface Upkeep {
  start(): void;
  /** Begins nothing more, lets what runs finish, and leaves the work to another process. */
  stop(): Promise<void>;
}

/** Proof that this process is the one. */
export interface Hold {
  readonly fence: Fence;
  readonly isHeld: () => boolean;
}

/** One kind of upkeep, by the name it has in the log. Called every ten seconds, and not while it still runs. */
export interface UpkeepTask {
  readonly name: string;
  run(hold: Hold): Promise<void>;
}

/** How often upkeep looks for work, in milliseconds. */
export const UPKEEP_TICK_MS = 10_000;
/** The lease is asked for at once, and its first work begins so many milliseconds later: what a host has just been started for comes first. */
const FIRST_MS = 2000;
const LEASE = "upkeep";
const LEASE_MS: number = 3 * UPKEEP_TICK_MS;

/** Makes the upkeep of one client. Whichever process has the lease does it; when that one ends, another takes over. */
export function createUpkeep(engine: Engine, owner: string, tasks: readonly UpkeepTask[]): Upkeep {
  let stopRound = async (): Promise<void> => {};
  return {
    start() {
      void stopRound();
      stopRound = openRound(engine, owner, tasks);
    },
    stop: () => stopRound(),
  };
}

function openRound(engine: Engine, owner: string, tasks: readonly UpkeepTask[]): () => Promise<void> {
  const { log } = engine.runtime;
  const clock = engine.time;
  const { leases } = engine.storage;
  const running = new Map<UpkeepTask, Promise<void>>();
  let fence: Fence | undefined;
  let heldUntil = 0;
  let stopped = false;
  let cancel = (): void => {};
  const isHeld = (): boolean => !stopped && clock.now() < heldUntil;

  const hold = async (): Promise<void> => {
    const now = clock.now();
    if (fence === undefined) fence = await leases.acquire(LEASE, owner, LEASE_MS);
    else if ((await leases.renew(fence, LEASE_MS)) === "lost") fence = undefined;
    heldUntil = fence === undefined ? 0 : now + LEASE_MS;
  };
  const begin = (task: UpkeepTask, held: Fence): void => {
    if (running.has(task)) return;
    const run = task
      .run({ fence: held, isHeld: () => isHeld() && fence === held })
      .catch((error: unknown) => log.warn({ task: task.name, reason: messageOf(error) }, "upkeep did not get through; trying again"))
      .finally(() => void running.delete(task));
    running.set(task, run);
  };
  const tick = async (first?: "first"): Promise<void> => {
    try {
      await within(clock, LEASE_MS, hold());
    } catch (error) {
      log.warn({ reason: messageOf(error) }, "the lease of the upkeep could not be had; trying again");
    }
    if (stopped) return;
    if (first === undefined && fence !== undefined && isHeld()) for (const task of tasks) begin(task, fence);
    cancel = clock.after(first === undefined ? UPKEEP_TICK_MS : FIRST_MS, () => {
      ticking = tick();
    });
  };
  let ticking: Promise<void> = tick("first");

  const close = async (): Promise<void> => {
    stopped = true;
    cancel();
    await Promise.all([ticking, ...running.values()]);
    try {
      if (fence !== undefined) await leases.release(fence);
    } catch (error) {
      log.warn({ reason: messageOf(error) }, "the lease of the upkeep could not be released; it ends by itself within half a minute");
    }
    fence = undefined;
  };
  let closing: Promise<void> | undefined;
  return () => (closing ??= close());
}
