import { createWadesk, type EventType, type StopOptions, type Wadesk, type WadeskEvent } from "@wadesk/core";
import { consoleLogger, sparingLog, systemClock } from "@wadesk/core/ports";
import { EVENT_TYPES } from "../bridge-protocol/messages/event-types.ts";
import { type UnofficialChannel, unofficial } from "../unofficial.ts";
import { type BridgeOptions, readBridgeOptions } from "./bridge-options.ts";
import { createAnswers } from "./calls/answer-call.ts";
import { createFirstOutcomes } from "./calls/first-outcomes.ts";
import { createStoppedNumbers } from "./calls/stopped-numbers.ts";
import { createHeartbeat } from "./reports/heartbeat.ts";
import { reportedEvent } from "./reports/reported-event.ts";
import { type AppAnswer, createReporter } from "./reports/reporter.ts";

/** A helper service that keeps sessions alive outside the app's process. */
export interface Bridge {
  /** Answers one call of the app: everything below `/v1/`. What is not signed by it is refused. */
  handle(request: Request): Promise<Response>;
  /** Opens the sessions, and begins to report. */
  start(): Promise<void>;
  /** Hands the sessions over and brings what waits to the app; what is left waits in the storage. */
  stop(options?: StopOptions): Promise<void>;
  /** Asks the app once whether it takes what this bridge signs. Nothing is told by it. */
  askApp(): Promise<AppAnswer>;
  /** Whether the app did not take the last report. */
  isAppAway(): boolean;
  /** The bridge's own client: its dead letters are what the app refused for good. */
  readonly wadesk: Wadesk<UnofficialChannel>;
}

/** How often what the app refuses is brought again, over a quarter of an hour, before it is a dead letter. */
const RETRY = { maxAttempts: 20, firstDelayMs: 1000, longestDelayMs: 60_000 };
/** As many wait for the app at once as go into one report. */
const AT_ONCE = 100;
const REPORT_WITHIN_MS = 15_000;
/** How long a stop waits where the app is away. */
const STOP_AWAY_MS = 3000;
const REFUSALS_TOLD_MS = 60_000;

/**
 * Makes a bridge: a small application around a client of its own, which keeps what the app is to be told until the app has it. Throws `configuration_invalid` on
 * options that cannot work. Nothing listens by itself: hand its requests to `handle`.
 *
 * @example
 * ```ts
 * const bridge = createBridge({ app: "https://chat.example.com", secrets: process.env.NODE_WEBHOOK_TOKEN ?? "", storage, encryptionKeys });
 * await bridge.start();
 * ```
 */
export function createBridge(options: BridgeOptions): Bridge {
  const { name: bridge, secrets, app, waitForAppMs } = readBridgeOptions(options);
  const { storage, encryptionKeys, whatsapp, clock = systemClock, log = consoleLogger, fetch = globalThis.fetch, lookup } = options;
  const { random = Math.random, randomId = () => crypto.randomUUID() } = options;
  const wadesk = createWadesk({
    channels: [unofficial(whatsapp)],
    storage,
    encryptionKeys,
    clock,
    log,
    random,
    randomId,
    ...(options.fetch && { fetch }),
    ...(lookup && { lookup }),
    inbox: { ...RETRY, concurrency: AT_ONCE, handleWithinMs: waitForAppMs },
  });
  const now = (): number => storage.now?.() ?? clock.now();
  const client = { wadesk, storage, now };
  const reporter = createReporter({ app, bridge, secrets, fetch, clock, log, randomId, random, timeoutMs: REPORT_WITHIN_MS });
  const stopped = createStoppedNumbers(client, log);
  const heartbeat = createHeartbeat({ client, reporter, stopped, clock, log });
  const outcomes = createFirstOutcomes({ records: storage.records, clock, now, log });
  const handle = createAnswers({
    bridge,
    secrets,
    client,
    stopped,
    outcomes,
    askApp: reporter.ask,
    randomId,
    clock,
    log: sparingLog(log, clock, REFUSALS_TOLD_MS),
  });
  const report = async (event: WadeskEvent, signal: AbortSignal): Promise<void> =>
    reporter.event(reportedEvent(event, await sentAs(wadesk, event)), signal);
  for (const type of EVENT_TYPES) wadesk.process(type as EventType, (event, { signal }) => report(event as WadeskEvent, signal));

  return {
    handle,
    wadesk,
    askApp: reporter.ask,
    isAppAway: reporter.isWaiting,
    async start() {
      await wadesk.start();
      heartbeat.start();
    },
    async stop({ withinMs } = {}) {
      await heartbeat.stop();
      // what an app that is away was not brought is there when the bridge starts again
      const limitMs = reporter.isWaiting() ? Math.min(withinMs ?? STOP_AWAY_MS, STOP_AWAY_MS) : withinMs;
      await wadesk.stop(limitMs === undefined ? {} : { withinMs: limitMs });
    },
  };
}

// the app's id of a message is the key by which it was sent once
async function sentAs(wadesk: Wadesk<UnofficialChannel>, event: WadeskEvent): Promise<string | undefined> {
  if (event.type !== "message.status" || event.data.message === undefined) return undefined;
  return (await wadesk.workspace(event.workspaceId).message(event.data.message.id))?.idempotencyKey;
}
