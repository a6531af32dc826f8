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
  const kept = new Map<Linking<unknown>, string>();
  return {
    keep(workspaceId, linking) {
      const drop = (): void => void kept.delete(linking);
      kept.set(linking, workspaceId);
      linking.then(drop, drop);
      return linking;
    },
    cancel(workspaceId, connectionId) {
      const here = [...kept].filter(([linking, of]) => of === workspaceId && linking.connectionId === connectionId);
      // a channel that does not heed the signal may take as long as it likes; nothing is stored any more
      for (const [linking] of here) void linking.cancel();
      return here.length > 0;
    },
  };
}
