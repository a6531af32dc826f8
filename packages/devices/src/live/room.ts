import type { Connection, LinkStep } from "@wadesk/core";
import { isWadeskError } from "@wadesk/core";
import { cardOf, countsOf } from "../cards/card-of.ts";
import type { Desk } from "../desk.ts";
import type { WireEvent } from "../wire/event.ts";

/** What a room tells: what the wire says, a step as core knows it, or that all must be read anew. */
export type News =
  | Extract<WireEvent, { readonly type: "changed" | "removed" | "counts" }>
  | { readonly type: "link"; readonly connectionId: string; readonly step: LinkStep }
  | { readonly type: "restart" };

/** Who listens in a room. */
export type Listener = (news: News) => void;

/** One workspace that is watched, once for all who listen. */
export interface Room {
  readonly listeners: Set<Listener>;
  /** The attempts under way, of whichever process. */
  readonly pending: ReadonlySet<string>;
  /** Tells a step, where it is not the one that was told last. */
  tellStep(connectionId: string, step: LinkStep): void;
  /** Tells that all must be read anew. */
  restart(): void;
  close(): Promise<void>;
}

/** Counts are told that often at most, in milliseconds. */
const COUNTS_EVERY_MS = 2000;
const MOST_PENDING = 200;

/** Watches a workspace from now on. */
export async function openRoom({ client, log }: Desk, workspaceId: string): Promise<Room> {
  const workspace = client.workspace(workspaceId);
  const { clock } = client.inbound;
  const listeners = new Set<Listener>();
  const pending = new Set<string>();
  const told = new Map<string, string>();
  let cursor = "";
  let counting: (() => void) | undefined;
  let turn = Promise.resolve();
  let closed = false;

  const tell = (news: News): void => {
    for (const listener of listeners) listener(news);
  };
  const note = ({ id, status }: Connection): void => {
    if (status.state === "pending") pending.add(id);
    else forget(id);
  };
  const forget = (id: string): void => {
    pending.delete(id);
    told.delete(id);
  };
  const begin = async (): Promise<void> => {
    pending.clear();
    const { items, changes } = await workspace.list({ state: "pending", limit: MOST_PENDING });
    cursor = changes;
    items.forEach(note);
  };
  const restart = async (): Promise<void> => {
    await begin();
    tell({ type: "restart" });
  };
  const tellCounts = async (): Promise<void> => {
    counting = undefined;
    const { counts, regions } = await workspace.list({ limit: 1 });
    tell({ type: "counts", counts: countsOf(counts), regions: regions.map(({ region, count }) => ({ region, count })) });
  };
  const catchUp = async (): Promise<void> => {
    for (let more = true; more && !closed; ) {
      const changes = await workspace.changedSince(cursor, { limit: 200 }).catch(unlessRefused);
      if (changes === undefined || changes.startOver) return restart();
      cursor = changes.cursor;
      for (const row of changes.changed) {
        note(row);
        tell({ type: "changed", connection: cardOf(row) });
      }
      for (const id of changes.removed) {
        forget(id);
        tell({ type: "removed", id });
      }
      if (changes.changed.length + changes.removed.length > 0) counting ??= clock.after(COUNTS_EVERY_MS, () => inTurn(tellCounts));
      more = changes.more;
    }
  };
  // one after the other, so that none goes by a cursor of another
  const inTurn = (work: () => Promise<void>): void => {
    turn = turn.then(() => (closed ? undefined : work())).catch((error: unknown) => log.warn({ reason: String(error) }, WILL_TRY));
  };

  const stop = await workspace.watch(() => inTurn(catchUp));
  try {
    await begin();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    listeners,
    pending,
    tellStep(connectionId, step) {
      const text = JSON.stringify(step);
      if (told.get(connectionId) === text) return;
      told.set(connectionId, text);
      tell({ type: "link", connectionId, step });
    },
    restart: () => inTurn(restart),
    async close() {
      closed = true;
      counting?.();
      await stop();
    },
  };
}

const WILL_TRY = "what changed could not be read for the screen; the next change tries again";

// a cursor that is no longer one would be refused for ever
function unlessRefused(error: unknown): undefined {
  if (!isWadeskError(error, "input_invalid")) throw error;
}
