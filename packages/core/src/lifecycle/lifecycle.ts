import type { StopOptions } from "../api/wadesk.ts";
import type { Engine } from "../engine/engine.ts";
import { isWadeskError, WadeskError } from "../errors/wadesk-error.ts";
import type { Pump } from "../inbox/pump.ts";
import type { Waiters } from "../inbox/waiters.ts";
import type { AnyChannel } from "../ports/channel.ts";
import { readStopWithin } from "../requests/read-requests.ts";
import { messageOf } from "../runtime/live.ts";
import type { Keeper } from "../sessions/keeper.ts";
import { endsWithin } from "../time/pause.ts";
import { within } from "../time/within.ts";
import type { Upkeep } from "../upkeep/upkeep.ts";
import { checkKeys } from "../vault/key-checks.ts";
import { HEAR_WITHIN_MS, type News } from "./news.ts";
import { subscribe } from "./subscription.ts";

/** Starting and stopping a client. */
export interface Lifecycle {
  start(): Promise<void>;
  stop(options?: StopOptions): Promise<void>;
}

/** What starts and stops. */
export interface LifecycleParts {
  readonly engine: Engine;
  readonly pump: Pump;
  readonly waiters: Waiters;
  readonly upkeep: Upkeep;
  readonly news: News;
  readonly keeper: Keeper;
  /** How often the inbox is looked at without being told to, in milliseconds. */
  readonly pollMs: number;
}

// less than what is commonly left between SIGTERM and SIGKILL, which is 30 seconds
const STOP_WITHIN_MS = 20_000;

// what a channel throws by itself is its author's to mend, and no fault of the storage
function lacks({ kind, settings }: AnyChannel, values: Record<string, unknown>, now: number): readonly string[] {
  try {
    return settings.missing?.(values, now) ?? [];
  } catch (error) {
    if (isWadeskError(error)) throw error;
    throw new WadeskError("configuration_invalid", {
      detail: `settings.missing of the channel ${kind} failed: ${messageOf(error)}`,
      cause: error,
    });
  }
}

/** Makes the lifecycle of one client. */
export function createLifecycle({ engine, pump, waiters, upkeep, keeper, news, pollMs }: LifecycleParts): Lifecycle {
  const { storage, runtime } = engine;
  /** Counts starts and stops, so that a start that is overtaken does nothing more. */
  let turn = 0;
  let started = false;
  /** The stop that runs. */
  let stopping: Promise<void> | undefined;
  let unsubscribe = async (): Promise<void> => {};

  const open = async (): Promise<void> => {
    const settings = await opened();
    for (const [channel, values] of settings)
      for (const sentence of lacks(channel, values, engine.time.now())) runtime.log.warn({ channel: channel.kind }, sentence);
  };
  const opened = async (): Promise<readonly (readonly [AnyChannel, Record<string, unknown>])[]> => {
    try {
      await storage.open?.();
      await checkKeys(storage.records, engine.vault, engine.keys);
      const channels = [...engine.channels.values()];
      return await Promise.all(channels.map(async (channel) => [channel, await engine.settings.resolve(channel.kind)] as const));
    } catch (error) {
      if (isWadeskError(error)) throw error;
      throw new WadeskError("storage_unavailable", { detail: messageOf(error), cause: error });
    }
  };

  // what waits for a phone may take minutes
  const endAttempts = async (limitMs: number): Promise<void> => {
    const { attempts } = engine.kept;
    const mine = [...attempts];
    for (const [controller] of mine) controller.abort();
    if (await endsWithin(runtime.clock, limitMs, Promise.allSettled(mine.map(([, done]) => done)))) return;
    const left = mine.filter(([controller]) => attempts.has(controller)).length;
    runtime.log.warn({ attempts: left }, "stopped without waiting any longer for attempts to link a number, which are cancelled");
  };
  const end = async (limitMs: number): Promise<void> => {
    const ended = unsubscribe;
    unsubscribe = async () => {};
    const { clock } = runtime;
    const until = clock.now() + limitMs;
    const others = endsWithin(clock, limitMs, Promise.all([upkeep.stop(), ended(), news.end()]));
    const linking = endAttempts(limitMs);
    const [, aborted] = await Promise.all([pump.stop(limitMs), engine.calls.stop(limitMs)]);
    if (aborted > 0) runtime.log.warn({ calls: aborted }, "stopped without waiting any longer for providers to answer");
    // handlers may still have sent something through them
    await keeper.stop(Math.min(limitMs, Math.max(0, until - clock.now())));
    await linking;
    if (!(await others)) runtime.log.warn({}, "stopped without waiting any longer for the upkeep; its leases end by themselves");
  };

  return {
    async start() {
      turn += 1;
      const mine = turn;
      await open();
      if (turn !== mine || started) return;
      started = true;
      // another process may have added what this one handles
      pump.resume(storage.durable ? pollMs : undefined);
      upkeep.start();
      keeper.start();
      const subscription = subscribe(engine, { topic: "inbox" }, pump.kick);
      unsubscribe = subscription.end;
      await within(runtime.clock, HEAR_WITHIN_MS, subscription.ready).catch(() =>
        runtime.log.warn({}, "the storage's notices cannot be heard yet; polling goes on meanwhile"),
      );
    },
    async stop(options) {
      const limitMs = readStopWithin(options) ?? STOP_WITHIN_MS;
      const goesOn = started ? undefined : stopping;
      turn += 1;
      started = false;
      waiters.giveUp();
      if (goesOn !== undefined) return void (await endsWithin(runtime.clock, limitMs, goesOn));
      const mine = end(limitMs).finally(() => {
        if (stopping === mine) stopping = undefined;
      });
      stopping = mine;
      await mine;
    },
  };
}
