import type { Storage } from "@wadesk/core";
import type { InboxStore } from "@wadesk/core/ports";
import type { Flaw } from "./plan.ts";

/** A storage that breaks one promise of its inbox, to see that the crash test would notice. */
export function flawed(storage: Storage, flaw: Flaw): Storage {
  return { ...storage, inbox: { ...storage.inbox, add: BROKEN[flaw](storage.inbox) } };
}

const BROKEN: Readonly<Record<Flaw, (inbox: InboxStore) => InboxStore["add"]>> = {
  "answers before the commit": (inbox) => async (events) => {
    setTimeout(() => void inbox.add(events), 20);
    return events;
  },
  "forgets what is done": (inbox) => async (events) => {
    await inbox.prune({ doneBefore: Number.MAX_SAFE_INTEGER, limit: 1000 });
    return inbox.add(events);
  },
  "knows no contacts": (inbox) => (events) => inbox.add(events.map((event) => ({ ...event, orderKey: event.key }))),
};
