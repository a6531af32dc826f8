import type { OwnedEvent } from "../../model/event.ts";
import { type InboxState, MOST_IN_RUN } from "../../ports/stores/inbox-store.ts";
import { createByTime, type Timed } from "./by-time.ts";
import { createFifo, type Fifo } from "./fifo.ts";
import { createTurns } from "./turns.ts";

/** An event in memory. */
export interface Entry {
  readonly key: string;
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly orderKey: string;
  readonly type: string;
  /** Counts what was added, and what was brought back. */
  position: number;
  state: Exclude<InboxState, "absent">;
  /** Gone once the event is done. */
  event?: OwnedEvent;
  attempt: number;
  deaths: number;
  alone: boolean;
  token: number;
  /** When it may be claimed: the retry time of a waiting one, 0 for at once; the end of the lease of a running one. */
  dueAt: number;
  endedAt: number;
  reason: string;
}

/** What is open of each order key, and which heads may be claimed. No step costs more for what else waits. */
export interface Queues {
  /** Puts an event at the end of its queue. */
  add(entry: Entry): void;
  /** What an order key is called by now: another one, as long as something is open of that. */
  nameOf(orderKey: string): string;
  /** Both are one contact's: what is open under the phone's key comes before what is left of the other one. */
  join(orderKey: string, phoneOrderKey: string): void;
  /** The head is done or dead: the next one takes its place. */
  leave(entry: Entry): void;
  /** These, from the head on, are done: answers so many of what is behind them as may be handed on, still held, and frees the queue where that is nothing. */
  follow(done: readonly Entry[], limit: number): readonly Entry[];
  /** The first of what is open of an order key. */
  head(orderKey: string): Entry | undefined;
  /** Whether more than the head is open of its order key. */
  isMore(entry: Entry): boolean;
  /** The head's process died: what is open now comes singly. */
  died(entry: Entry): void;
  /** The head waits for its time. */
  rest(entry: Entry): void;
  /** The head's lease is this long now. */
  hold(entry: Entry): void;
  /** The head whose lease ended first, of those whose type fits. */
  ended(now: number, fits: (entry: Entry) => boolean): Entry | undefined;
  /** Heads that are ready, in turns. They are the caller's to hold. */
  take(limit: number, now: number, fits: (entry: Entry) => boolean): readonly Entry[];
  nextDue(): number | undefined;
  /** Forgets events, wherever they stand. */
  remove(gone: ReadonlySet<Entry>): void;
}

interface Queue {
  readonly orderKey: string;
  readonly open: Fifo<Entry>;
  ready: boolean;
  /** What the same contact is called by the phone alone: it comes first. */
  behind?: string;
  /** For so many more events they come singly, since a process died over one of this queue. */
  wary: number;
}

/** A claim as it was when its lease was noted. */
interface Held {
  readonly entry: Entry;
  readonly token: number;
}

// so that what is due at once does not make one claim long
const MOST_OVERDUE = 256;

/** Makes them, empty. */
export function createQueues(): Queues {
  const queues = new Map<string, Queue>();
  const turns = createTurns<Queue>();
  const resting = createByTime<Entry>();
  const leases = createByTime<Held>();
  /** By the phone's key, the order key that it is of. */
  const names = new Map<string, string>();
  /** By the phone's key, the queues that were passed over because of it. */
  const passedOver = new Map<string, Set<Queue>>();
  let ready = 0;

  const offer = (queue: Queue, head: Entry, again = false): void => {
    if (queue.ready) return;
    queue.ready = true;
    ready += 1;
    turns.offer(head, queue, again);
  };
  const withdraw = (queue: Queue): void => {
    if (queue.ready) ready -= 1;
    queue.ready = false;
  };
  /** The head has changed. */
  const advance = (queue: Queue): void => {
    const head = queue.open.first();
    withdraw(queue);
    if (head !== undefined) {
      offer(queue, head);
      return;
    }
    queues.delete(queue.orderKey);
    if (queue.behind !== undefined && names.get(queue.behind) === queue.orderKey) names.delete(queue.behind);
    for (const next of passedOver.get(queue.orderKey) ?? []) {
      const first = next.open.first();
      if (queues.get(next.orderKey) === next && first?.state === "waiting" && first.dueAt === 0) offer(next, first);
    }
    passedOver.delete(queue.orderKey);
  };
  const calmDown = (queue: Queue): void => {
    if (queue.wary > 0) queue.wary -= 1;
  };
  const isBehind = ({ behind }: Queue): boolean => behind !== undefined && queues.has(behind);
  /** It is offered again when the one that comes first is empty. */
  const passOver = (queue: Queue): void => {
    const { behind = "" } = queue;
    passedOver.set(behind, (passedOver.get(behind) ?? new Set()).add(queue));
  };
  const isResting = ({ at, item }: Timed<Entry>): boolean => item.state === "waiting" && item.dueAt === at;
  const firstResting = (): Timed<Entry> | undefined => {
    for (let first = resting.first(); first !== undefined; first = resting.first()) {
      if (isResting(first)) return first;
      resting.shift();
    }
    return undefined;
  };
  const firstLease = (): Timed<Held> | undefined => {
    for (let first = leases.first(); first !== undefined; first = leases.first()) {
      const { entry, token } = first.item;
      const held = entry.state === "running" && entry.token === token;
      if (held && entry.dueAt === first.at) return first;
      leases.shift();
      // it was renewed meanwhile
      if (held && entry.dueAt > first.at) leases.add(entry.dueAt, entry.position, first.item);
    }
    return undefined;
  };

  return {
    add(entry) {
      const known = queues.get(entry.orderKey);
      const queue = known ?? { orderKey: entry.orderKey, open: createFifo<Entry>(), ready: false, wary: 0 };
      queue.open.push(entry);
      if (known !== undefined) return;
      queues.set(entry.orderKey, queue);
      offer(queue, entry);
    },
    nameOf: (orderKey) => names.get(orderKey) ?? orderKey,
    join(orderKey, phoneOrderKey) {
      const queue = queues.get(orderKey);
      if (queue === undefined || orderKey === phoneOrderKey) return;
      if (queue.behind !== undefined) names.delete(queue.behind);
      queue.behind = phoneOrderKey;
      names.set(phoneOrderKey, orderKey);
    },
    leave(entry) {
      const queue = queues.get(entry.orderKey);
      queue?.open.shift();
      if (queue !== undefined) advance(queue);
    },
    follow(done, limit) {
      const queue = queues.get(done[0]?.orderKey ?? "");
      if (queue === undefined) return [];
      for (const _each of done) queue.open.shift();
      const next = isBehind(queue) ? [] : queue.open.front(Math.min(limit, queue.wary > 0 ? 1 : MOST_IN_RUN));
      if (next.length === 0) advance(queue);
      else calmDown(queue);
      return next;
    },
    head: (orderKey) => queues.get(orderKey)?.open.first(),
    isMore: ({ orderKey }) => (queues.get(orderKey)?.open.size() ?? 0) > 1,
    died({ orderKey }) {
      const queue = queues.get(orderKey);
      if (queue !== undefined) queue.wary = MOST_IN_RUN;
    },
    rest(entry) {
      const queue = queues.get(entry.orderKey);
      if (entry.dueAt > 0) resting.add(entry.dueAt, entry.position, entry);
      else if (queue !== undefined) offer(queue, entry, true);
    },
    hold: (entry) => leases.add(entry.dueAt, entry.position, { entry, token: entry.token }),
    ended(now, fits) {
      const passed: Timed<Held>[] = [];
      let found: Entry | undefined;
      for (let first = firstLease(); first !== undefined && first.at <= now; first = firstLease()) {
        leases.shift();
        const queue = queues.get(first.item.entry.orderKey);
        if (fits(first.item.entry) && !(queue !== undefined && isBehind(queue))) {
          found = first.item.entry;
          break;
        }
        passed.push(first);
      }
      for (const { at, rank, item } of passed) leases.add(at, rank, item);
      return found;
    },
    take(limit, now, fits) {
      const most = Math.max(limit, MOST_OVERDUE);
      for (let moved = 0, first = firstResting(); moved < most && first !== undefined && first.at <= now; first = firstResting()) {
        moved += 1;
        resting.shift();
        first.item.dueAt = 0;
        const queue = queues.get(first.item.orderKey);
        if (queue !== undefined) offer(queue, first.item, true);
      }
      const taken: Entry[] = [];
      const passed: { readonly queue: Queue; readonly head: Entry }[] = [];
      while (taken.length < limit) {
        const queue = turns.take();
        if (queue === undefined) break;
        const head = queue.open.first();
        if (!queue.ready || head === undefined) continue;
        withdraw(queue);
        if (isBehind(queue)) passOver(queue);
        else if (fits(head)) {
          calmDown(queue);
          taken.push(head);
        } else passed.push({ queue, head });
      }
      for (const { queue, head } of passed) offer(queue, head);
      return taken;
    },
    nextDue() {
      if (ready > 0) return 0;
      const next = Math.min(firstResting()?.at ?? Number.POSITIVE_INFINITY, firstLease()?.at ?? Number.POSITIVE_INFINITY);
      return next === Number.POSITIVE_INFINITY ? undefined : next;
    },
    remove(gone) {
      const concerned = new Set([...gone].map(({ orderKey }) => queues.get(orderKey)));
      for (const queue of concerned) {
        if (queue === undefined) continue;
        const head = queue.open.first();
        queue.open.keep((entry) => !gone.has(entry));
        if (queue.open.first() !== head) advance(queue);
      }
      // what was noted of them counts no more
      for (const entry of gone) entry.state = "done";
    },
  };
}
