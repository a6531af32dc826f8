import type { Connection } from "../model/connection.ts";
import type { ConnectionContext } from "./context.ts";
import type { Line } from "./line.ts";
import type { SessionVoice } from "./session-voice.ts";

/** What a session has beside the connection's context. */
export interface SessionContext<Settings, Secret> extends ConnectionContext<Settings, Secret>, SessionVoice {}

/** How a session ended by itself. */
export interface SessionEnd {
  /** When core opens it again: no sooner than in so many milliseconds, or only when somebody asks for it by `check`. */
  readonly openAgain: "asked" | { readonly inMs: number };
}

/** A session that is open. */
export interface OpenSession<Details> {
  /** What can be done with the number while the session stands. */
  readonly line: Line<Details>;
  /**
   * Settles when the session has ended by itself; core opens it again after a while, unless what it reported says that this is of no use. Where nothing is
   * said of when, each pause is longer than the last until a session was open for a minute.
   */
  readonly ended: Promise<SessionEnd | undefined>;
  /** Ends it without a word to the vendor, so that it can be opened again elsewhere. */
  close(): Promise<void>;
}

/**
 * A channel whose numbers need something that stays open, such as a socket. `one-process`: one process holds the sessions of all numbers, and the others
 * stand by. `shared`: each process that is started takes its fair part.
 */
export interface ChannelSession<Details, Secret, Settings> {
  /** Whether one process alone may hold a session. */
  readonly sharing: "one-process" | "shared";
  /** How many are opened at once; 8 when absent. */
  readonly openAtOnce?: number;
  /** Called while this process holds the session's lease. `context.signal` is aborted when it goes. */
  open(connection: Connection<Details>, context: SessionContext<Settings, Secret>): Promise<OpenSession<Details>>;
}
