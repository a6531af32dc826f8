import type { Wadesk } from "@wadesk/core";
import { type Card, cardOf } from "./overview.ts";

/** What a screen does with what it hears. */
export interface Screen {
  put(card: Card): void;
  remove(id: string): void;
  /** Everything is shown anew; answers the `changes` of the new list. */
  reload(): Promise<string>;
}

// #region follow
/** Keeps a screen up to date from the `changes` of its first list on. The answer ends it. */
export async function follow(wadesk: Wadesk, workspaceId: string, changes: string, screen: Screen): Promise<() => Promise<void>> {
  const workspace = wadesk.workspace(workspaceId);
  let cursor = changes;
  const catchUp = async (): Promise<void> => {
    for (let more = true; more; ) {
      const told = await workspace.changedSince(cursor);
      cursor = told.startOver ? await screen.reload() : told.cursor;
      for (const connection of told.changed) screen.put(cardOf(connection));
      for (const id of told.removed) screen.remove(id);
      more = told.more;
    }
  };
  // one after the other, so that none goes by a cursor of another
  let turn = Promise.resolve();
  const next = (): void => {
    turn = turn.then(catchUp).catch((error: unknown) => console.error("the next change tries again", error));
  };
  const stop = await workspace.watch(next);
  // what came between the list and the watch
  next();
  return async () => {
    await stop();
    await turn;
  };
}
// #endregion follow
