import type { Linking } from "../api/workspace.ts";

/** The attempts to link numbers whose handles this client gave out, from the moment that a handle is there until its attempt ends. */
export interface AttemptsHere {
  /** Keeps one, and gives it back. */
  keep(workspaceId: string, linking: Linking<unknown>): Linking<unknown>;
  /** Has those of a connection end, without waiting for it; false where there are none. */
  cancel(workspaceId: string, connectionId: string): boolean;
}

/** Makes those of one client. */
export function createAttemptsHere(): AttemptsHere {
  const kept = new Map<string, ReadonlySet<Linking<unknown>>>();
  const keyOf = (workspaceId: string, connectionId: string): string => JSON.stringify([workspaceId, connectionId]);
  return {
    keep(workspaceId, linking) {
      const key = keyOf(workspaceId, linking.connectionId);
      kept.set(key, new Set([...(kept.get(key) ?? []), linking]));
      const drop = (): void => {
        const left = [...(kept.get(key) ?? [])].filter((other) => other !== linking);
        if (left.length > 0) kept.set(key, new Set(left));
        else kept.delete(key);
      };
      linking.then(drop, drop);
      return linking;
    },
    cancel(workspaceId, connectionId) {
      const here = kept.get(keyOf(workspaceId, connectionId));
      // a channel that does not heed the signal may take as long as it likes; nothing is stored any more
      for (const linking of here ?? []) void linking.cancel();
      return here !== undefined;
    },
  };
}
