/** Which session: that of one connection. */
export interface SessionPlace {
  /** The tenant that it belongs to. */
  readonly workspaceId: string;
  /** The connection whose session it is. */
  readonly connectionId: string;
  /** The channel's. */
  readonly kind: string;
}

/** A session that a process holds. It ends with the process: none is renewed by itself. */
export interface SessionLease extends SessionPlace {
  /** Who holds it. */
  readonly process: string;
  /** Higher than that of every holder before; the connection's epoch while it is held. */
  readonly token: number;
}

/** One living process and how many sessions of a kind it holds. */
export interface SessionShare {
  /** Its name. */
  readonly process: string;
  /** Whether it takes a share of them; one that only links a number does not. */
  readonly serves: boolean;
  /** Wanted ones; those that are being linked for the first time are not counted. */
  readonly held: number;
}

/** How the sessions of one kind are spread. */
export interface SessionStanding {
  /** The living processes in the order of their names. */
  readonly shares: readonly SessionShare[];
  /** How many wanted sessions nobody holds. */
  readonly free: number;
  /** How many processes ended without a word and have not been cleared away. */
  readonly lapsed: number;
}

/**
 * Who keeps which session open. A process has one heartbeat, with which all its sessions stand and fall, so that ten thousand that are idle cost what one
 * costs. A session is wanted when some process should hold it. Times go by the storage's clock.
 */
export interface SessionStore {
  /** Begins a process that lives for so many milliseconds, and serves these kinds. A name is used once. */
  join(process: string, kinds: readonly string[], ttlMs: number): Promise<void>;
  /** Lets it live for so many milliseconds more. One that was late is lost: its sessions are anybody's, and it must join under a new name. */
  beat(process: string, kinds: readonly string[], ttlMs: number): Promise<"alive" | "lost">;
  /** Ends it, and frees what it holds. */
  leave(process: string): Promise<void>;
  /** What it costs does not grow with the sessions that others hold of other kinds. */
  standing(kind: string): Promise<SessionStanding>;
  /** Frees what processes held that ended without a word, and forgets them; answers how many sessions. */
  reap(): Promise<number>;
  /** Takes up to `limit` wanted ones of a kind that nobody holds; none for a process that does not live. */
  claim(process: string, kind: string, limit: number): Promise<readonly SessionLease[]>;
  /**
   * Takes one whoever holds it, with a token above `floor`; whether it is wanted stays as it was, and a new one is not. Nothing for a process that does
   * not live.
   */
  take(process: string, place: SessionPlace, floor: number): Promise<SessionLease | undefined>;
  /** Says whether some process should hold it. One that is not known stays unknown. */
  want(connectionId: string, wanted: boolean): Promise<void>;
  /** Frees those among them that the process holds. */
  release(process: string, connectionIds: readonly string[]): Promise<void>;
  /** All wanted ones that it holds. */
  held(process: string): Promise<readonly SessionLease[]>;
  /** Whether a session is wanted, and which living process holds it. */
  find(connectionId: string): Promise<{ readonly wanted: boolean; readonly process?: string } | undefined>;
  /** Forgets the session of a connection that is removed. */
  forget(connectionId: string): Promise<void>;
}
