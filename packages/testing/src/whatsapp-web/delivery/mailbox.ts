import { type BinaryNode, node } from "../wire/node.ts";

/** The stanzas for one linked device: kept until the client has acknowledged them, whether it is connected or not. */
export interface Mailbox {
  /** What the client has not acknowledged, the oldest first. */
  readonly waiting: readonly BinaryNode[];
  /** The ids of the messages that the device can know: every one that was posted, and those of its history. */
  readonly known: Set<string>;
  /** Sends a stanza, at once or when the client comes back. */
  post(stanza: BinaryNode): void;
  /** From now on stanzas are sent as they come. */
  open(send: (stanza: BinaryNode) => void): void;
  /** Sends what waits, the oldest first and at most as many as named, marked as sent from the queue; answers how many there were. */
  flush(send: (stanza: BinaryNode) => void, most?: number): number;
  /** The client is gone: stanzas wait again. */
  close(): void;
  /** Forgets the oldest stanza with a tag and an id, of one participant where named: the client has it. Answers whether there was one. */
  acknowledge(tag: string | undefined, id: string | undefined, participant?: string): boolean;
}

/** An empty mailbox. */
export function mailbox(): Mailbox {
  const waiting: BinaryNode[] = [];
  const known = new Set<string>();
  let live: ((stanza: BinaryNode) => void) | undefined;
  return {
    get waiting() {
      return [...waiting];
    },
    known,
    post: (stanza) => {
      if (stanza.tag === "message") known.add(stanza.attrs.id ?? "");
      waiting.push(stanza);
      live?.(stanza);
    },
    open: (send) => {
      live = send;
    },
    flush: (send, most) => {
      const all = waiting.slice(0, most);
      for (const { tag, attrs, content } of all) send(node(tag, { ...attrs, offline: "0" }, content));
      return all.length;
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
