import { createFifo, type Fifo } from "./fifo.ts";

/** Whose turn something takes. */
export interface Turn {
  readonly workspaceId: string;
  readonly connectionId: string;
}

/** What is ready, in turns: workspaces take turns, and within a workspace its connections. */
export interface Turns<Item> {
  /** Lines up at the end of its connection, or at its front among those that were there `again`. */
  offer(turn: Turn, item: Item, again?: boolean): void;
  /** Takes the next one out, whose turn it is. */
  take(): Item | undefined;
}

/** What waits of one connection. */
interface Line<Item> {
  readonly connectionId: string;
  readonly again: Fifo<Item>;
  readonly fresh: Fifo<Item>;
}

/** What waits of one workspace: its connections in the order of their turns. */
interface Lane<Item> {
  readonly workspaceId: string;
  readonly lines: Map<string, Line<Item>>;
  readonly order: Fifo<Line<Item>>;
}

/** Makes an empty one. */
export function createTurns<Item>(): Turns<Item> {
  const lanes = new Map<string, Lane<Item>>();
  const order = createFifo<Lane<Item>>();

  const laneOf = (workspaceId: string): Lane<Item> => {
    const known = lanes.get(workspaceId);
    if (known !== undefined) return known;
    const lane = { workspaceId, lines: new Map<string, Line<Item>>(), order: createFifo<Line<Item>>() };
    lanes.set(workspaceId, lane);
    order.push(lane);
    return lane;
  };
  const lineOf = (lane: Lane<Item>, connectionId: string): Line<Item> => {
    const known = lane.lines.get(connectionId);
    if (known !== undefined) return known;
    const line = { connectionId, again: createFifo<Item>(), fresh: createFifo<Item>() };
    lane.lines.set(connectionId, line);
    lane.order.push(line);
    return line;
  };

  return {
    offer({ workspaceId, connectionId }, item, again = false) {
      const line = lineOf(laneOf(workspaceId), connectionId);
      if (again) line.again.push(item);
      else line.fresh.push(item);
    },
    take() {
      const lane = order.shift();
      const line = lane?.order.shift();
      if (lane === undefined || line === undefined) return undefined;
      const item = line.again.shift() ?? line.fresh.shift();
      if (line.again.size() + line.fresh.size() > 0) lane.order.push(line);
      else lane.lines.delete(line.connectionId);
      if (lane.order.size() > 0) order.push(lane);
      else lanes.delete(lane.workspaceId);
      return item;
    },
  };
}
