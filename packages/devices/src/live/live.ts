import type { Desk } from "../desk.ts";
import { type OpenStream, openStream, tooManyStreams, type Wanted } from "./open-stream.ts";
import { createRooms } from "./rooms.ts";

/** The live events of one handler. */
export interface Live {
  /** A stream of events, or a refusal where the workspace has twenty in this process. */
  open(wanted: Wanted): Promise<Response>;
  /** Ends every stream. */
  close(): Promise<void>;
}

/** How many streams a workspace may have in one process. */
const MOST_STREAMS = 20;
/** How often a stream has a sign of life, in milliseconds: proxies give a silent one half a minute. */
const BEAT_EVERY_MS = 15_000;

/** Makes them. One timer beats for all streams, and none while there are none. */
export function createLive(desk: Desk): Live {
  const { clock } = desk.client.inbound;
  const rooms = createRooms(desk);
  const streams = new Map<string, number>();
  const open = new Set<OpenStream>();
  let beating: (() => void) | undefined;

  const beat = (): void => {
    beating = undefined;
    for (const stream of [...open]) stream.beat(clock.now());
    wait();
  };
  const wait = (): void => {
    if (open.size > 0) beating ??= clock.after(BEAT_EVERY_MS, beat);
  };
  const count = (workspaceId: string, by: 1 | -1): void => {
    const next = (streams.get(workspaceId) ?? 0) + by;
    if (next > 0) streams.set(workspaceId, next);
    else streams.delete(workspaceId);
  };

  return {
    async open(wanted) {
      const { workspaceId } = wanted.person;
      if ((streams.get(workspaceId) ?? 0) >= MOST_STREAMS) return tooManyStreams();
      // before it is open, so that twenty at once are twenty
      count(workspaceId, 1);
      let left = false;
      const leave = (stream?: OpenStream): void => {
        if (left) return;
        left = true;
        count(workspaceId, -1);
        if (stream !== undefined) open.delete(stream);
        if (open.size > 0) return;
        beating?.();
        beating = undefined;
      };
      try {
        const { stream, response } = await openStream(desk, rooms, wanted, leave);
        // one that hung up meanwhile has left
        if (!left) open.add(stream);
        wait();
        return response;
      } catch (error) {
        leave();
        throw error;
      }
    },
    async close() {
      for (const stream of [...open]) stream.end("stopped");
      await rooms.close();
    },
  };
}
