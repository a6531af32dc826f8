import type { Engine } from "../engine/engine.ts";
import type { ChangeTopic } from "../ports/stores/storage.ts";
import { messageOf } from "../runtime/live.ts";
import { settingsMark } from "../settings/stored-settings.ts";
import { within } from "../time/within.ts";
import { subscribe } from "./subscription.ts";

/** What other processes tell of; the inbox has its own poll. */
export type WatchedTopic = Exclude<ChangeTopic, { readonly topic: "inbox" }>;

/** Tells of changes by whichever process. */
export interface News {
  /** Calls the listener soon after something changed of the topic; the answer ends it. */
  watch(topic: WatchedTopic, listener: () => unknown): Promise<() => Promise<void>>;
  /** Ends every watch. */
  end(): Promise<void>;
}

/** A storage whose connections are all in use must not keep an application waiting. */
export const HEAR_WITHIN_MS = 5000;
/** How often a storage that cannot tell is asked. */
const ASK_EVERY_MS = 1000;

/** Makes the news of one client: by the storage's notices, else by one poll, which runs while anybody watches. */
export function createNews(engine: Engine): News {
  const { clock, log } = engine.runtime;
  const poll = createPoll(engine);
  const ends = new Set<() => Promise<void>>();

  const begin = async (topic: WatchedTopic, listener: () => void): Promise<() => Promise<void>> => {
    if (engine.storage.changes === undefined) return poll.watch(topic, listener);
    // nothing came before it that anybody waits for
    let heard = (): void => {};
    const subscription = subscribe(engine, topic, () => heard());
    await within(clock, HEAR_WITHIN_MS, subscription.ready).catch(() => log.warn({}, "the storage's notices cannot be heard yet"));
    heard = listener;
    return subscription.end;
  };
  return {
    async watch(topic, listener) {
      const call = async (): Promise<void> => {
        try {
          // an async listener fits the type too, and its rejection would end the process
          await listener();
        } catch (error) {
          log.error({ topic: topic.topic, reason: messageOf(error) }, "a listener of changes threw");
        }
      };
      const leave = await begin(topic, () => void call());
      const end = async (): Promise<void> => {
        if (ends.delete(end)) await leave();
      };
      ends.add(end);
      return end;
    },
    end: async () => void (await Promise.all([...ends].map((end) => end()))),
  };
}

interface Watched {
  readonly topic: WatchedTopic;
  readonly listeners: Set<() => void>;
  /** How it stood when it was last looked at. */
  mark: string;
}

function createPoll(engine: Engine): Pick<News, "watch"> {
  const { clock, log } = engine.runtime;
  const watched = new Map<string, Watched>();
  /** Ends the wait for the next look; absent while nobody waits: nobody watches, or it is being looked. */
  let waiting: (() => void) | undefined;
  let looking = false;

  const look = async (each: Watched): Promise<void> => {
    try {
      const mark = await markOf(engine, each.topic);
      if (mark === each.mark) return;
      each.mark = mark;
      for (const listener of each.listeners) listener();
    } catch (error) {
      log.warn({ topic: each.topic.topic, reason: messageOf(error) }, "changes could not be looked for; trying again");
    }
  };
  const lookAtAll = async (): Promise<void> => {
    waiting = undefined;
    looking = true;
    await Promise.all([...watched.values()].map(look));
    looking = false;
    wait();
  };
  const wait = (): void => {
    if (looking || watched.size === 0) return;
    waiting ??= clock.after(ASK_EVERY_MS, () => void lookAtAll());
  };

  return {
    async watch(topic, listener) {
      const name = JSON.stringify(topic);
      const mark = await markOf(engine, topic);
      const each = watched.get(name) ?? { topic, listeners: new Set(), mark };
      const call = (): void => void listener();
      each.listeners.add(call);
      watched.set(name, each);
      wait();
      return async () => {
        each.listeners.delete(call);
        if (each.listeners.size > 0) return;
        watched.delete(name);
        if (watched.size > 0) return;
        waiting?.();
        waiting = undefined;
      };
    },
  };
}

// what a list of connections would go on from; a text of all the settings
async function markOf({ storage, channels }: Engine, topic: WatchedTopic): Promise<string> {
  if (topic.topic === "settings") return settingsMark(storage.records, channels.keys());
  return (await storage.connections.counts(topic.workspaceId, {})).cursor;
}
