import type { Engine } from "../../engine/engine.ts";
import type { KeptSession } from "../../runtime/sessions/kept-sessions.ts";
import { endsWithin } from "../../time/pause.ts";

/** How long sessions may take to close while the client goes on, in milliseconds. */
export const CLOSE_MS = 5000;

/** A session that is closing. */
export interface Closing {
  readonly connectionId: string;
  /** Rejects as its channel does. */
  readonly closed: Promise<void>;
}

/** Takes a session out and has it close. Nothing that it says is heard from here on; its lease is left as it is. */
export function beginClosing(engine: Engine, session: KeptSession): Closing {
  engine.kept.drop(session);
  session.abort();
  const close = async (): Promise<void> => session.open.close();
  return { connectionId: session.lease.connectionId, closed: close() };
}

/** Waits for sessions to close, so many milliseconds for all of them together. Answers, and tells in one line, the connections of those that did not. */
export async function waitForClosed(engine: Engine, closings: readonly Closing[], limitMs: number): Promise<ReadonlySet<string>> {
  const open = new Set(closings.map(({ connectionId }) => connectionId));
  // one that cannot be closed counts as open: nobody knows what is left of it
  const all = closings.map(({ connectionId, closed }) =>
    closed.then(
      () => open.delete(connectionId),
      () => false,
    ),
  );
  if (all.length > 0) await endsWithin(engine.runtime.clock, limitMs, Promise.all(all));
  const left = new Set(open);
  if (left.size > 0)
    engine.runtime.log.warn(
      { sessions: left.size, connectionIds: [...left].slice(0, 10) },
      "sessions did not close in time; their signals are aborted, and nothing they say is heard any more",
    );
  return left;
}

/** Closes a session that this process keeps. Never rejects; its lease is left as it is. */
export async function closeKept(engine: Engine, session: KeptSession): Promise<void> {
  await waitForClosed(engine, [beginClosing(engine, session)], CLOSE_MS);
}

/** Ends the session of a connection for good, where it has one: nobody opens it until its number is linked again. */
export async function endSession(engine: Engine, connectionId: string): Promise<void> {
  const session = engine.kept.get(connectionId);
  await engine.storage.sessions.want(connectionId, false);
  if (session === undefined) return;
  await closeKept(engine, session);
  await engine.storage.sessions.release(session.lease.process, [connectionId]);
}
