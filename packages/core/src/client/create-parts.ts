import type { Engine } from "../engine/engine.ts";
import type { Handlers } from "../handling/handlers.ts";
import { createInbox, type Inbox, type InboxTools } from "../inbox/inbox.ts";
import { createWaiters } from "../inbox/waiters.ts";
import { createLifecycle, type Lifecycle } from "../lifecycle/lifecycle.ts";
import { createNews, type News } from "../lifecycle/news.ts";
import { endAbandoned, endIfAbandoned } from "../linking/attempts.ts";
import { createSender, type Sender } from "../sending/send.ts";
import { carryOut } from "../sessions/carry-out.ts";
import { createKeeper } from "../sessions/keeper.ts";
import { checkInTurn } from "../upkeep/check-in-turn.ts";
import { createRetention, type Retention, type RetentionTimes } from "../upkeep/retention.ts";
import { sweepSilent } from "../upkeep/sweep-silent.ts";
import { createUpkeep } from "../upkeep/upkeep.ts";
import { createEngine, type EngineParts } from "./create-engine.ts";

/** What the calls of one client share. */
export interface Parts {
  readonly engine: Engine;
  readonly inbox: Inbox;
  readonly sender: Sender;
  readonly news: News;
  readonly retention: Retention;
  readonly lifecycle: Lifecycle;
}

/** What a client is made of: its options, read and with what was not given filled in. */
export interface PartsOptions {
  readonly engine: EngineParts;
  readonly handlers: Handlers;
  readonly inbox: Omit<InboxTools, "engine" | "handlers" | "waiters" | "owner" | "tidy" | "mayClaim">;
  /** How often the inbox is looked at without being told to, in milliseconds. */
  readonly pollMs: number;
  readonly keep: RetentionTimes;
  /** How often every connection is checked, in milliseconds; never when absent. */
  readonly checkEveryMs: number | undefined;
}

/** Makes them. */
export function createParts({ engine: engineParts, handlers, inbox: inboxOptions, pollMs, keep, checkEveryMs }: PartsOptions): Parts {
  const engine = createEngine(engineParts);
  const { storage, runtime } = engine;
  const waiters = createWaiters();
  engine.live.on("connection.removed", ({ connectionId }) => waiters.forget(connectionId));
  const owner = runtime.randomId();
  const retention = createRetention(engine, owner, keep);
  const inbox = createInbox({
    engine,
    handlers,
    waiters,
    owner,
    tidy: retention.tidy,
    // with a storage that others share, a process without handlers leaves the events to those that have some
    mayClaim: () => !storage.durable || handlers.any(),
    ...inboxOptions,
  });
  engine.kept.receive = inbox.keep;
  const keeper = createKeeper(engine, (kind, { ids, wake }, goesOn) => carryOut(engine, { kind, ids: new Set(ids()), wake, goesOn }));
  const upkeep = createUpkeep(engine, owner, [
    sweepSilent(engine),
    { name: "abandoned connection attempts", run: ({ isHeld }) => endAbandoned(engine, isHeld) },
    ...(checkEveryMs === undefined ? [] : [checkInTurn(engine, checkEveryMs, (row) => endIfAbandoned(engine, row))]),
    retention.task,
  ]);
  const news = createNews(engine);
  const lifecycle = createLifecycle({ engine, pump: inbox.pump, waiters, upkeep, keeper, news, pollMs });
  return { engine, inbox, sender: createSender(engine), news, retention, lifecycle };
}
