import type { Desk } from "../desk.ts";
import { type Listener, openRoom, type Room } from "./room.ts";

/** The workspaces that are watched, each once however many listen, and the one poll for steps of links that other processes make. */
export interface Rooms {
  /** Listens to a workspace from now on; the answer ends it. */
  join(workspaceId: string, listener: Listener): Promise<() => void>;
  /** The attempts of a workspace that are under way. */
  pendingOf(workspaceId: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** How often the steps of other processes are looked for, in milliseconds, while anybody watches a link. */
const STEPS_EVERY_MS = 2000;

/** Makes them. Nothing is watched or asked while nobody listens. */
export function createRooms(desk: Desk): Rooms {
  const { client, log } = desk;
  // with how many listen or are about to, so that none comes into one that is being left
  const rooms = new Map<string, { readonly opening: Promise<Room>; users: number }>();
  let ends: Promise<readonly (() => unknown)[]> | undefined;
  let waiting: (() => void) | undefined;

  const each = async (work: (room: Room, workspaceId: string) => Promise<void> | void): Promise<void> => {
    for (const [workspaceId, { opening }] of rooms) await opening.then((room) => work(room, workspaceId)).catch(() => undefined);
  };
  // what concerns every workspace is listened to once
  const open = async (): Promise<readonly (() => unknown)[]> => [
    client.on("connection.step", ({ workspaceId, connectionId, step }) => {
      void rooms.get(workspaceId)?.opening.then(
        (room) => room.tellStep(connectionId, step),
        () => undefined,
      );
    }),
    await client.settings.watch(() => each((room) => room.restart())),
  ];
  const look = async (): Promise<void> => {
    await each(async (room, workspaceId) => {
      for (const id of room.pending) {
        const [step] = (await client.workspace(workspaceId).steps(id)).slice(-1);
        if (step !== undefined) room.tellStep(id, step);
      }
    });
    waiting = undefined;
    wait();
  };
  const wait = (): void => {
    if (rooms.size > 0) waiting ??= client.inbound.clock.after(STEPS_EVERY_MS, () => void look());
  };
  const leave = async (workspaceId: string, place: { readonly opening: Promise<Room>; users: number }): Promise<void> => {
    place.users -= 1;
    if (place.users > 0 || rooms.get(workspaceId) !== place) return;
    rooms.delete(workspaceId);
    if (rooms.size === 0) await rest();
    await (await place.opening).close();
  };
  const rest = async (): Promise<void> => {
    waiting?.();
    waiting = undefined;
    const ending = ends;
    ends = undefined;
    for (const end of (await ending) ?? []) await end();
  };

  const unheard = (error: unknown): void => log.warn({ reason: String(error) }, "a workspace is watched though nobody listens any more");

  return {
    async join(workspaceId, listener) {
      const place = rooms.get(workspaceId) ?? { opening: openRoom(desk, workspaceId), users: 0 };
      rooms.set(workspaceId, place);
      place.users += 1;
      try {
        ends ??= open();
        await ends;
        const { listeners } = await place.opening;
        listeners.add(listener);
        wait();
        return () => {
          if (listeners.delete(listener)) void leave(workspaceId, place).catch(unheard);
        };
      } catch (error) {
        // the next one tries anew
        ends = undefined;
        await leave(workspaceId, place).catch(() => undefined);
        throw error;
      }
    },
    pendingOf: async (workspaceId) => [...((await rooms.get(workspaceId)?.opening)?.pending ?? [])],
    async close() {
      const open = [...rooms.values()];
      rooms.clear();
      await rest();
      for (const { opening } of open)
        await opening.then(
          (room) => room.close(),
          () => undefined,
        );
    },
  };
}
