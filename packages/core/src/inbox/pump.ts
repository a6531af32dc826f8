import { retryDelayMs } from "../api/backoff.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { Claim } from "../ports/stores/inbox-store.ts";
import { createCompany } from "../runtime/company.ts";
import { messageOf } from "../runtime/live.ts";
import { shareReads } from "../runtime/share-reads.ts";
import { endsWithin, holding } from "../time/pause.ts";
import { createWake } from "../time/wake.ts";
import { within } from "../time/within.ts";
import { type WorkTools, workThrough } from "./work-through.ts";

/** Works through the inbox: claims what is due and runs it, some events at a time. */
export interface Pump {
  /** Looks for work now. Cheap when there is none. */
  kick(): void;
  /**
   * Resolves when nothing is due and nothing runs, or when the budget is spent; answers how many events were completed meanwhile. Rejects with
   * `storage_unavailable` when the inbox cannot be read.
   */
  drain(budgetMs: number | undefined): Promise<number>;
  /** Claims nothing more and lets what runs finish. What has not by then, in milliseconds, is given up. */
  stop(withinMs: number): Promise<void>;
  /** Takes work, and looks for it by itself at least every `pollMs`, where that is given. */
  resume(pollMs?: number): void;
  readonly stopped: () => boolean;
}

/** How a pump works. */
export interface PumpTools extends Omit<WorkTools, "pause" | "halts" | "company" | "rowOf" | "mayGoOn"> {
  readonly owner: string;
  /** How many events are handled at once. */
  readonly concurrency: number;
  /** Whether this process is one that handles events. */
  readonly mayClaim: () => boolean;
}

const OUTAGE = { maxAttempts: Number.POSITIVE_INFINITY, firstDelayMs: 1000, longestDelayMs: 8000 };
/** While more is known to be due, so long a few free slots wait for others, so that one claim fills them together. */
const GATHER_MS = 10;
/** When something is due that could not be claimed: another process has it in hand, or just had. */
const OVERDUE_MS = 50;
/** A claim that hangs for longer is taken for lost; what it claimed is due again when its lease ends. */
const PATIENCE_MS = 60_000;
/** So long it may take to record that an attempt was given up. */
const GIVING_UP_MS = 3000;

/** Makes the pump of one client. */
export function createPump(tools: PumpTools): Pump {
  const { engine, concurrency } = tools;
  const { log, random } = engine.runtime;
  const clock = engine.time;
  const { inbox, connections } = engine.storage;
  const rowOf = shareReads(clock, (workspaceId: string, id: string) => connections.get(workspaceId, id));
  const company = createCompany(concurrency);
  const share = Math.max(1, Math.floor(concurrency / 4));
  let running = 0;
  let looking: Promise<void> | undefined;
  let again = false;
  /** The last claim was filled, so more may be due. */
  let backlog = false;
  let gathered = false;
  let failures = 0;
  let stopped = false;
  /** A stop gave up: whatever is claimed from here on is nobody's here, and its lease ends by itself. */
  let abandoned = false;
  /** Until then the storage's time is not known. */
  let opened = engine.storage.open === undefined;
  const halts = new Set<() => void>();
  let stopping = Promise.withResolvers<false>();
  let idle: PromiseWithResolvers<void> | undefined;
  let completed = 0;
  let pollMs = Number.POSITIVE_INFINITY;

  const kick = (): void => {
    if (stopped) return;
    again = true;
    looking ??= look().finally(() => {
      looking = undefined;
      if (again && !stopped && company.room() > 0) kick();
      else rest();
    });
  };
  const wake = createWake(clock, kick);
  const gather = createWake(clock, () => {
    gathered = true;
    kick();
  });
  const pause = async (delayMs: number): Promise<boolean> => {
    const over = Promise.withResolvers<true>();
    const cancel = clock.after(delayMs, () => over.resolve(true), "hold");
    return Promise.race([over.promise, stopping.promise]).finally(cancel);
  };
  const rest = (): void => {
    if (looking !== undefined || running > 0) return;
    idle?.resolve();
    idle = undefined;
  };

  // once every place is taken, each event is a turn of its own again
  const mayGoOn = (): boolean => !stopped && company.room() > 0 && tools.mayClaim();
  const begin = async (claim: Claim, leaseEndsAt: number): Promise<void> => {
    running += 1;
    const end = await workThrough({ ...tools, company, rowOf, pause, halts, mayGoOn }, claim, leaseEndsAt);
    running -= 1;
    completed += end.completed;
    if (end.dueAt !== undefined && !stopped) wake.at(end.dueAt);
    kick();
    rest();
  };
  const claimSome = async (): Promise<void> => {
    // what ends in the same turn is replaced by one claim
    await undefined;
    if (!opened) await within(clock, PATIENCE_MS, engine.storage.open?.() ?? Promise.resolve());
    opened = true;
    do {
      again = false;
      const limit = company.room();
      if (stopped || limit <= 0 || !tools.mayClaim()) return;
      if (backlog && limit < share && !gathered) return gather.at(clock.now() + GATHER_MS);
      gathered = false;
      gather.cancel();
      const now = clock.now();
      const request = { owner: tools.owner, limit, leaseMs: tools.leaseMs, now };
      const claims = await within(clock, PATIENCE_MS, inbox.claim(request));
      if (abandoned) return;
      backlog = claims.length === limit;
      // one that died is handed out by itself, and more may be ready behind it
      if (claims.some(({ deaths = 0 }) => deaths > 0)) again = true;
      for (const claim of claims) void begin(claim, now + tools.leaseMs);
    } while (again);
    // what ends sooner than that kicks, and what fails here says when it is due
    if (!backlog && !wake.isSet()) await planNext();
  };
  const planNext = async (): Promise<void> => {
    const due = await within(clock, PATIENCE_MS, inbox.nextDue());
    if (due !== undefined && !stopped) wake.at(Math.max(due, clock.now() + OVERDUE_MS));
  };
  const look = async (): Promise<void> => {
    try {
      await claimSome();
      if (failures > 0) log.info({ failures }, "the inbox can be read again");
      failures = 0;
      if (!stopped) wake.at(clock.now() + pollMs);
    } catch (error) {
      failures += 1;
      const delayMs = retryDelayMs(failures, random(), OUTAGE);
      log.error({ reason: messageOf(error), delayMs }, "the inbox could not be read; trying again by itself");
      wake.cancel();
      if (!stopped) wake.at(clock.now() + delayMs);
    }
  };
  const settled = (): Promise<void> => {
    idle ??= Promise.withResolvers<void>();
    const { promise } = idle;
    rest();
    return promise;
  };

  return {
    kick,
    async drain(budgetMs) {
      const before = completed;
      kick();
      await (budgetMs === undefined ? holding(clock, settled()) : endsWithin(clock, budgetMs, settled()));
      // a cron that drains must not see green while the storage is away
      if (failures > 0) throw new WadeskError("storage_unavailable", { detail: "the inbox could not be read" });
      return completed - before;
    },
    async stop(withinMs) {
      stopped = true;
      stopping.resolve(false);
      company.giveUp();
      wake.cancel();
      gather.cancel();
      if (await endsWithin(clock, withinMs, settled())) return;
      abandoned = true;
      // what was claimed meanwhile, and would begin in the places that are left now
      company.giveUp();
      for (const halt of [...halts]) halt();
      if (await endsWithin(clock, GIVING_UP_MS, settled())) return;
      log.warn({ running }, "stopped without waiting any longer for the storage; what was in hand is tried again when its leases end");
    },
    resume(every = Number.POSITIVE_INFINITY) {
      if (stopped) stopping = Promise.withResolvers<false>();
      stopped = false;
      abandoned = false;
      pollMs = every;
      kick();
    },
    stopped: () => stopped,
  };
}
