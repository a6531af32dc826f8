/** What a PostgreSQL client answers. */
export interface PostgresResult {
  readonly command: string;
  readonly rowCount: number | null;
  readonly rows: readonly unknown[];
}

/** A statement as `pg` takes it. */
export interface PostgresQuery {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Milliseconds after which the client gives up. */
  readonly query_timeout: number;
}

/** What WaDesk uses of a client of `pg`. */
export interface PostgresClient {
  query(query: PostgresQuery): Promise<PostgresResult>;
  release(destroy?: boolean | Error): void;
  on(event: "error", listener: (error: Error) => void): unknown;
  on(event: "end", listener: () => void): unknown;
  on(event: "notification", listener: (message: { readonly channel: string }) => void): unknown;
  removeListener(event: "error", listener: (error: Error) => void): unknown;
  removeListener(event: "end", listener: () => void): unknown;
  removeListener(event: "notification", listener: (message: { readonly channel: string }) => void): unknown;
}

/** What WaDesk uses of a pool of `pg`: `new Pool()` fits. */
export interface PostgresPool {
  /** At most so many connections. */
  readonly options?: { readonly max?: number };
  connect(): Promise<PostgresClient>;
  on(event: "error", listener: (error: Error) => void): unknown;
  removeListener(event: "error", listener: (error: Error) => void): unknown;
}
