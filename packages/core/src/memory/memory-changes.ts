/** Which changes there were, by number. Numbers begin at the time, so that those of a workspace that began anew are higher than all before. */
export interface MemoryChanges {
  /** A connection was made, changed or removed. */
  note(workspaceId: string, id: string, what: "stands" | "removed"): void;
  /** The number of the last change of a workspace, 0 before the first. */
  last(workspaceId: string): number;
  /** Those after a number, oldest first; nothing where not all of them are remembered. */
  since(workspaceId: string, change: number): readonly MemoryChange[] | undefined;
  /** Forgets the removals; numbers from before are not remembered any more. */
  forget(workspaceId: string): void;
}

/** The last change of one connection. */
export interface MemoryChange {
  readonly id: string;
  readonly change: number;
  readonly what: "stands" | "removed";
}

/** How many removals of a workspace are remembered. */
const REMOVALS = 1000;

interface Told {
  last: number;
  /** Not all before this number are remembered. */
  forgotten: number;
  /** In the order of the changes. */
  readonly changes: Map<string, MemoryChange>;
  readonly removed: Set<string>;
}

/** Makes the changes of all workspaces. */
export function memoryChanges(now: () => number): MemoryChanges {
  const workspaces = new Map<string, Told>();
  /** Of those that were forgotten. */
  let highest = 0;
  const begin = (): Told => {
    const at = Math.max(highest, Math.floor(now()));
    return { last: at, forgotten: at, changes: new Map(), removed: new Set() };
  };
  return {
    note(workspaceId, id, what) {
      const told = workspaces.get(workspaceId) ?? begin();
      workspaces.set(workspaceId, told);
      told.last += 1;
      told.changes.delete(id);
      told.changes.set(id, { id, change: told.last, what });
      told.removed.delete(id);
      if (what === "removed") told.removed.add(id);
      const [oldest] = told.removed;
      if (told.removed.size <= REMOVALS || oldest === undefined) return;
      told.forgotten = told.changes.get(oldest)?.change ?? told.forgotten;
      told.removed.delete(oldest);
      told.changes.delete(oldest);
    },
    last: (workspaceId) => workspaces.get(workspaceId)?.last ?? 0,
    since(workspaceId, change) {
      const told = workspaces.get(workspaceId);
      if (told === undefined) return change === 0 ? [] : undefined;
      // who begins at 0 had nothing, and misses no removal
      if (change !== 0 && (change < told.forgotten || change > told.last)) return undefined;
      return [...told.changes.values()].filter((each) => each.change > change);
    },
    forget(workspaceId) {
      const told = workspaces.get(workspaceId);
      if (told === undefined) return;
      for (const id of told.removed) told.changes.delete(id);
      told.removed.clear();
      highest = Math.max(highest, told.last + 1);
      told.last = highest;
      told.forgotten = highest;
      if (told.changes.size === 0) workspaces.delete(workspaceId);
    },
  };
}
