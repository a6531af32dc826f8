import type { Platform } from "../client/inbound-port.ts";
import { isEntitled } from "../connections/view.ts";
import { storableEvent } from "../encoding/storable.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { InboundEvent, OwnedEvent } from "../model/event.ts";
import { messageOf } from "../runtime/live.ts";
import { shareReads } from "../runtime/share-reads.ts";
import { within } from "../runtime/within.ts";
import { findOwners, type OwnerLookup } from "./own.ts";
import { createPump, type Pump, type PumpTools } from "./pump.ts";

/** Takes inbound events in and sees them through. */
export interface Inbox {
  receive(kind: string, events: readonly InboundEvent[], platform?: Platform): Promise<void>;
  readonly pump: Pump;
}

/** How an inbox answers. */
export interface InboxTools extends PumpTools {
  /** How long a webhook waits for its handlers where the storage does not survive the process, in milliseconds. */
  readonly answerWithinMs: number;
  /** How long a webhook waits for the storage, in milliseconds. */
  readonly storeWithinMs: number;
  /** Called now and then when work was done, and does what nobody waits for. Never rejects. */
  readonly tidy: () => Promise<void>;
}

/** Makes the inbox of one client. */
export function createInbox(tools: InboxTools): Inbox {
  const { engine, storeWithinMs } = tools;
  const { storage, runtime } = engine;
  const pump = createPump(tools);
  const owners: OwnerLookup = {
    byRoute: shareReads(runtime.clock, (route) => storage.connections.byRoute(route)),
    byAccount: (account) => storage.connections.byAccount(account),
  };

  const store = async (kind: string, events: readonly InboundEvent[]): Promise<readonly OwnedEvent[]> => {
    const { owned, strangers } = await findOwners(owners, kind, events, (row) => isEntitled(engine, row));
    if (strangers.length > 0) {
      const routes = [...new Set(strangers.map((event) => event.route))];
      runtime.log.warn(
        { channel: kind, count: strangers.length, routes },
        "webhook items of numbers that no connection has were passed over",
      );
    }
    if (owned.length > 0) await storage.inbox.add(owned);
    // here, so that events whose webhook was told to come again are not left lying
    if (storage.durable) pump.kick();
    return owned;
  };
  const storeInTime = async (kind: string, events: readonly InboundEvent[]): Promise<readonly OwnedEvent[]> => {
    try {
      return await within(runtime.clock, storeWithinMs, store(kind, events));
    } catch (error) {
      runtime.log.error(
        { channel: kind, reason: messageOf(error) },
        "inbound events could not be stored; the provider is asked to deliver them again",
      );
      throw new WadeskError("storage_unavailable");
    }
  };

  return {
    pump,
    async receive(kind, events, platform) {
      const now = runtime.clock.now();
      // one that no storage takes would be delivered for ever, with its siblings
      const timed = events.map((event) => storableEvent(event.at > 0 ? event : { ...event, at: now }));
      const owned = await storeInTime(kind, timed);
      if (owned.length === 0) return;
      if (storage.durable) {
        // stored is safe: what goes wrong from here on was logged, and is tried again
        const work = async (): Promise<void> => {
          await pump.drain(undefined).catch(() => 0);
          await tools.tidy();
        };
        if (platform?.waitUntil === undefined) void tools.tidy();
        else platform.waitUntil(work());
        return;
      }
      if (!(await seenThrough(tools, pump, owned))) throw new WadeskError("handler_unfinished");
      void tools.tidy();
    },
  };
}

/** Whether every one of these events is completed, or dead, before the answer is due. */
async function seenThrough({ engine, waiters, answerWithinMs }: InboxTools, pump: Pump, events: readonly OwnedEvent[]): Promise<boolean> {
  const { clock } = engine.runtime;
  // waiting begins before the states are read, so that an end in between is not missed
  const waits = new Map(events.map((event) => [event.key, waiters.wait(event)]));
  const states = await engine.storage.inbox.states([...waits.keys()]);
  for (const event of events) {
    const state = states.get(event.key);
    if (state !== "waiting" && state !== "running") waiters.completed(event);
  }
  for (const { orderKey } of events) waiters.refuseResting(orderKey);
  if (pump.stopped()) waiters.giveUp();
  pump.kick();
  const late = Promise.withResolvers<"unfinished">();
  const cancel = clock.after(answerWithinMs, () => late.resolve("unfinished"));
  const all = Promise.all(waits.values()).then((ends) => (ends.includes("unfinished") ? "unfinished" : "completed"));
  const end = await Promise.race([all, late.promise]);
  cancel();
  return end === "completed";
}
