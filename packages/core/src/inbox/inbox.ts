import type { PassedOver, Platform } from "../api/inbound-port.ts";
import { hears } from "../connections/view.ts";
import { storableEvent } from "../encoding/storable.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { Connection } from "../model/connection.ts";
import type { InboundEvent, OwnedEvent } from "../model/event.ts";
import { messageOf } from "../runtime/live.ts";
import { shareReads } from "../runtime/share-reads.ts";
import { within } from "../time/within.ts";
import { findOwners, type OwnerLookup } from "./intake/own.ts";
import { createPump, type Pump, type PumpTools } from "./pump.ts";
import { withSoundTimes } from "./intake/sound-times.ts";

/** Takes inbound events in and sees them through. */
export interface Inbox {
  receive(kind: string, events: readonly InboundEvent[], platform?: Platform, speaker?: string): Promise<void>;
  /** Takes in what a session heard: resolves when it is stored, and waits for no handler, since what comes after it would wait too. */
  keep(kind: string, events: readonly InboundEvent[], speaker?: string): Promise<void>;
  passedOver(): PassedOver;
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
    byRoute: shareReads(runtime.clock, (route: string) => storage.connections.byRoute(route)),
    byAccount: (account) => storage.connections.byAccount(account),
  };

  let passed: PassedOver = { unowned: 0, unspoken: 0 };

  const store = async (kind: string, events: readonly InboundEvent[], speaker: string | undefined): Promise<readonly OwnedEvent[]> => {
    const signed = { speaker, hears: (row: Connection) => hears(engine, row, speaker) };
    const { owned, strangers, unheard } = await findOwners(owners, kind, events, signed);
    passed = { unowned: passed.unowned + strangers.length, unspoken: passed.unspoken + unheard.length };
    if (strangers.length > 0)
      runtime.log.warn(
        { channel: kind, count: strangers.length, ...placesOf(strangers) },
        "webhook items of numbers that no connection has were passed over",
      );
    if (unheard.length > 0)
      runtime.log.warn(
        { channel: kind, count: unheard.length, speaker, ...placesOf(unheard) },
        "webhook items were passed over: who signed them is not the app or account that their number was connected with; reconnect it, or add the secret of that one",
      );
    if (owned.length > 0) await storage.inbox.add(owned);
    // here, so that events whose webhook was told to come again are not left lying
    if (storage.durable) pump.kick();
    return owned;
  };
  const storeInTime = async (kind: string, events: readonly InboundEvent[], speaker?: string): Promise<readonly OwnedEvent[]> => {
    try {
      return await within(runtime.clock, storeWithinMs, store(kind, events, speaker));
    } catch (error) {
      runtime.log.error(
        { channel: kind, reason: messageOf(error) },
        "inbound events could not be stored; the provider is asked to deliver them again",
      );
      throw new WadeskError("storage_unavailable");
    }
  };

  const storeSound = (kind: string, events: readonly InboundEvent[], speaker?: string): Promise<readonly OwnedEvent[]> => {
    const now = engine.time.now();
    // one that no storage takes would be delivered for ever, with its siblings
    const timed = events.map((event) => storableEvent(withSoundTimes(event, now)));
    return storeInTime(kind, timed, speaker);
  };

  return {
    pump,
    passedOver: () => passed,
    async keep(kind, events, speaker) {
      const owned = await storeSound(kind, events, speaker);
      if (owned.length === 0) return;
      if (!storage.durable) pump.kick();
      void tools.tidy();
    },
    async receive(kind, events, platform, speaker) {
      const owned = await storeSound(kind, events, speaker);
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

// a field that no row knows has no number, and its name is then all that tells what was passed over
function placesOf(events: readonly InboundEvent[]): { readonly routes: readonly string[]; readonly fields?: readonly string[] } {
  const fields = new Set(events.flatMap((event) => (event.type === "event.unknown" ? (event.data.field ?? []) : [])));
  return { routes: [...new Set(events.map(({ route }) => route))], ...(fields.size > 0 && { fields: [...fields] }) };
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
  const cancel = clock.after(answerWithinMs, () => late.resolve("unfinished"), "hold");
  const all = Promise.all(waits.values()).then((ends) => (ends.includes("unfinished") ? "unfinished" : "completed"));
  const end = await Promise.race([all, late.promise]);
  cancel();
  return end === "completed";
}
