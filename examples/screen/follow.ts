import { isWadeskError, type Wadesk } from "@wadesk/core";
import { type Card, cardOf } from "./overview.ts";

// #region follow
/** What a screen does with what it hears. */
export interface Screen {
  put(card: Card): void;
  remove(id: string): void;
  /** Everything is shown anew; answers the `changes` of the new list. */
  reload(): Promise<string>;
}

/** Keeps a screen up to date from the `changes` of its first list on. The answer ends it. */
export async function follow(wadesk: Wadesk, workspaceId: string, changes: string, screen: Screen): Promise<() => Promise<void>> {
  const workspace = wadesk.workspace(workspaceId);
  let cursor = changes;
  const catchUp = async (): Promise<void> => {
    for (let more = true; more; ) {
      const told = await workspace.changedSince(cursor).catch(unlessRefused);
      if (told === undefined || told.startOver) {
        cursor = await screen.reload();
        return;
      }
      cursor = told.cursor;
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

// a cursor that no list of this workspace answered would be refused for ever
function unlessRefused(error: unknown): undefined {
  if (!isWadeskError(error, "input_invalid")) throw error;
}
// #endregion follow
