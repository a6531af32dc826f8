import type { Origin } from "../addresses/stanza-agreement.ts";
import { type BinaryNode, node } from "../wire/node.ts";

/** The stanzas for one linked device: kept until the client has acknowledged them, whether it is connected or not. */
export interface Mailbox {
  /** What the client has not acknowledged, the oldest first. */
  readonly waiting: readonly BinaryNode[];
  /** The messages that the device can know by their ids, each with where it came from: every one that was posted, and those of its history. */
  readonly known: Map<string, Origin | undefined>;
  /** Sends a stanza, at once or when the client comes back. */
  post(stanza: BinaryNode): void;
  /** From now on stanzas are sent as they come; those that have come behind the queue are sent at once. */
  open(send: (stanza: BinaryNode) => void): void;
  /** The client has come back: what waits now is its queue. Answers how much that is. */
  rewind(): number;
  /** Sends what is left of the queue, the oldest first and at most as many as named, marked as from the queue. Answers how much is left then. */
  flush(send: (stanza: BinaryNode) => void, most: number): number;
  /** The client is gone: stanzas wait again. */
  close(): void;
  /** Forgets the oldest stanza with a tag and an id, of one participant where named: the client has it. Answers whether there was one. */
  acknowledge(tag: string | undefined, id: string | undefined, participant?: string): boolean;
}

/** An empty mailbox. */
export function mailbox(): Mailbox {
  const waiting: BinaryNode[] = [];
  const known = new Map<string, Origin | undefined>();
  let queue: BinaryNode[] = [];
  let behind: BinaryNode[] = [];
  let live: ((stanza: BinaryNode) => void) | undefined;
  return {
    get waiting() {
      return [...waiting];
    },
    known,
    post: (stanza) => {
      const { id = "", from, participant } = stanza.attrs;
      if (stanza.tag === "message") known.set(id, { from, participant });
      waiting.push(stanza);
      if (live === undefined) behind.push(stanza);
      else live(stanza);
    },
    open: (send) => {
      live = send;
      for (const stanza of behind.splice(0)) send(stanza);
    },
    rewind: () => {
      queue = [...waiting];
      behind = [];
      live = undefined;
      return queue.length;
    },
    flush: (send, most) => {
      for (const { tag, attrs, content } of queue.splice(0, most)) send(node(tag, { ...attrs, offline: "0" }, content));
      return queue.length;
    },
    close: () => {
      live = undefined;
    },
    acknowledge: (tag, id, participant) => {
      const index = waiting.findIndex(
        ({ tag: of, attrs }) => of === tag && attrs.id === id && (participant === undefined || attrs.participant === participant),
      );
      if (index === -1) return false;
      waiting.splice(index, 1);
      return true;
    },
  };
}
