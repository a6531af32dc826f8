import { createRequire } from "node:module";

/** A session of libsignal's, as far as it is looked at here. */
interface Session {
  readonly indexInfo: { closed: number };
}

/** The methods of libsignal's records of sessions that print, and what they ask for. */
interface SessionRecord {
  readonly sessions: Record<string, Session>;
  isClosed(session: Session): boolean;
  closeSession(session: Session): void;
  openSession(session: Session): void;
  removeOldSessions(): void;
}

/** So many sessions with one device are kept, open or closed. Source: libsignal 6.0.0, `CLOSED_SESSIONS_MAX`. */
const MOST_SESSIONS = 40;

/** What libsignal does in them, without a word. */
const QUIET: Pick<SessionRecord, "closeSession" | "openSession" | "removeOldSessions"> & ThisType<SessionRecord> = {
  closeSession(session) {
    if (!this.isClosed(session)) session.indexInfo.closed = Date.now();
  },
  openSession(session) {
    session.indexInfo.closed = -1;
  },
  removeOldSessions() {
    const surplus = Object.keys(this.sessions).length - MOST_SESSIONS;
    if (surplus <= 0) return;
    const closed = Object.entries(this.sessions).filter(([, session]) => this.isClosed(session));
    closed.sort(([, one], [, other]) => one.indexInfo.closed - other.indexInfo.closed);
    for (const [key] of closed.slice(0, surplus)) delete this.sessions[key];
    if (closed.length < surplus) throw new Error("Corrupt sessions object");
  },
};

/**
 * For libsignal 6.0.0, which prints whole sessions with their private keys. Its lines are held back at the console, but whoever wraps the console later stands
 * in front of that and has them first: so that what prints keys is replaced by what does the same and prints nothing. `pathOfBaileys` says below which file the copy
 * lies; one that is not there is none that could print.
 */
export function quietSessions(pathOfBaileys: () => string): void {
  try {
    const { SessionRecord } = createRequire(pathOfBaileys())("libsignal") as {
      readonly SessionRecord: { readonly prototype: SessionRecord };
    };
    Object.assign(SessionRecord.prototype, QUIET);
  } catch {
    // loading Baileys says what is missing
  }
}
