import type { Engine } from "../../engine/engine.ts";
import { messageOf } from "../../runtime/live.ts";
import type { KeptSession } from "../../runtime/sessions/kept-sessions.ts";
import { within } from "../../time/within.ts";

/** How long a session may take to close, in milliseconds. */
const CLOSE_MS = 5000;

/** Closes a session that this process keeps. Never rejects; its lease is left as it is. */
export async function closeKept(engine: Engine, session: KeptSession): Promise<void> {
  engine.kept.drop(session);
  session.abort();
  try {
    await within(engine.runtime.clock, CLOSE_MS, session.open.close());
  } catch (error) {
    const { connectionId } = session.lease;
    engine.runtime.log.warn({ connectionId, reason: messageOf(error) }, "a session could not be closed; nothing it says is heard any more");
  }
}

/** Ends the session of a connection for good, where it has one: nobody opens it until its number is linked again. */
export async function endSession(engine: Engine, connectionId: string): Promise<void> {
  const session = engine.kept.get(connectionId);
  await engine.storage.sessions.want(connectionId, false);
  if (session === undefined) return;
  await closeKept(engine, session);
  await engine.storage.sessions.release(session.lease.process, [connectionId]);
}
