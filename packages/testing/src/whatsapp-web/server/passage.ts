import type { Connection } from "../wire/connection.ts";
import type { BinaryNode } from "../wire/node.ts";
import type { World } from "./world.ts";

/** Takes a stanza to a client: at once or late, once or twice, in its turn or behind the next. */
export type Passage = (connection: Connection, stanza: BinaryNode, send: (stanza: BinaryNode) => void) => void;

/** Carries out what faults and slow links do to the server's stanzas. */
export function passage({ faults, after }: Pick<World, "faults" | "after">): Passage {
  const held = new WeakMap<Connection, BinaryNode>();
  return (connection, stanza, send) => {
    const go = (each: BinaryNode): void => {
      const { delayMs } = connection.link;
      if (delayMs > 0) after(delayMs, () => send(each));
      else send(each);
    };
    if (faults.take(["stanzas_swapped"], stanza.tag) !== undefined) {
      held.set(connection, stanza);
      return;
    }
    go(stanza);
    if (faults.take(["stanza_doubled"], stanza.tag) !== undefined) go(stanza);
    const earlier = held.get(connection);
    if (earlier?.tag !== stanza.tag) return;
    held.delete(connection);
    go(earlier);
  };
}
