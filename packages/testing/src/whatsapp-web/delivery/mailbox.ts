import { type BinaryNode, node } from "../wire/node.ts";

/** The stanzas for one linked device: kept until the client has acknowledged them, whether it is connected or not. */
export interface Mailbox {
  /** What the client has not acknowledged, the oldest first. */
  readonly waiting: readonly BinaryNode[];
  /** Sends a stanza, at once or when the client comes back. */
  post(stanza: BinaryNode): void;
  /** From now on stanzas are sent as they come. */
  open(send: (stanza: BinaryNode) => void): void;
  /** Sends everything that waits, marked as sent from the queue; answers how many there were. */
  flush(send: (stanza: BinaryNode) => void): number;
  /** The client is gone: stanzas wait again. */
  close(): void;
  /** Forgets the stanza with a tag and an id: the client has it. Answers whether there was one. */
  acknowledge(tag: string | undefined, id: string | undefined): boolean;
}

/** An empty mailbox. */
export function mailbox(): Mailbox {
  const waiting: BinaryNode[] = [];
  let live: ((stanza: BinaryNode) => void) | undefined;
  return {
    get waiting() {
      return [...waiting];
    },
    post: (stanza) => {
      waiting.push(stanza);
      live?.(stanza);
    },
    open: (send) => {
      live = send;
    },
    flush: (send) => {
      const all = [...waiting];
      for (const { tag, attrs, content } of all) send(node(tag, { ...attrs, offline: "0" }, content));
      return all.length;
    },
    close: () => {
      live = undefined;
    },
    acknowledge: (tag, id) => {
      const index = waiting.findIndex((each) => each.tag === tag && each.attrs.id === id);
      if (index === -1) return false;
      waiting.splice(index, 1);
      return true;
    },
  };
}
