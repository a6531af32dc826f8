/** What a PostgreSQL client answers. */
export interface PostgresResult {
  /** The first word of what was run, e.g. `SELECT`. */
  readonly command: string;
  /** How many rows were answered or changed. */
  readonly rowCount: number | null;
  /** Each as an object by the names of its columns. */
  readonly rows: readonly unknown[];
}

/** A statement as `pg` takes it. */
export interface PostgresQuery {
  /** With `$1` for the first value. */
  readonly text: string;
  /** In the order of their places. */
  readonly values: readonly unknown[];
  /** Milliseconds after which the client gives up. */
  readonly query_timeout: number;
}

/** What WaDesk uses of a client of `pg`. */
export interface PostgresClient {
  /** Runs one statement. */
  query(query: PostgresQuery): Promise<PostgresResult>;
  /** Gives it back to its pool; with `true` or an error it is ended. */
  release(destroy?: boolean | Error): void;
  /** Hears of errors, of the end and of notices. */
  on(event: "error", listener: (error: Error) => void): unknown;
  /** Hears of errors, of the end and of notices. */
  on(event: "end", listener: () => void): unknown;
  /** Hears of errors, of the end and of notices. */
  on(event: "notification", listener: (message: { readonly channel: string }) => void): unknown;
  /** Hears no more. */
  removeListener(event: "error", listener: (error: Error) => void): unknown;
  /** Hears no more. */
  removeListener(event: "end", listener: () => void): unknown;
  /** Hears no more. */
  removeListener(event: "notification", listener: (message: { readonly channel: string }) => void): unknown;
}

/** What WaDesk uses of a pool of `pg`: `new Pool()` fits. */
export interface PostgresPool {
  /** At most so many connections. */
  readonly options?: { readonly max?: number };
  /** A client of its own, until that is released. */
  connect(): Promise<PostgresClient>;
  /** Hears of errors of clients that nobody has. */
  on(event: "error", listener: (error: Error) => void): unknown;
  /** Hears no more. */
  removeListener(event: "error", listener: (error: Error) => void): unknown;
}
