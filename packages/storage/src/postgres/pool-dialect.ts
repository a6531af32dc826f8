import type { Dialect, PostgresPool as KyselyPool, PostgresPoolClient } from "kysely";
import type { PostgresClient, PostgresPool } from "./postgres-pool.ts";

/**
 * How long one statement may take, in milliseconds, and whether the server is told so too, and to wait for its disk; it is told of a pool of our own
 * only.
 */
export interface StatementLimit {
  readonly limitMs: number;
  readonly tellServer: boolean;
}

// a client that is checked out and loses its connection would end the process, had it no listener
const watched = new WeakSet<PostgresClient>();
const told = new WeakMap<PostgresClient, number>();

/** Kysely's dialect over a pool of `pg`, in which no statement is waited for longer than the limit. */
export async function poolDialect(pool: PostgresPool, limit: StatementLimit): Promise<Dialect> {
  const { PostgresDialect } = await import("kysely");
  const limited: KyselyPool = {
    options: {},
    end: async () => {},
    async connect() {
      const client = await checkOut(pool);
      const own = limitedClient(client, limit.limitMs);
      try {
        if (limit.tellServer && told.get(client) !== limit.limitMs) await tell(own, client, limit.limitMs);
      } catch (error) {
        own.release();
        throw error;
      }
      return own;
    },
  };
  return new PostgresDialect({ pool: limited });
}

/** Takes a client out of a pool, so that its loss harms nobody. */
export async function checkOut(pool: PostgresPool): Promise<PostgresClient> {
  const client = await pool.connect();
  if (!watched.has(client)) client.on("error", () => {});
  watched.add(client);
  return client;
}

// the server drops a transaction whose process is gone, so that its locks hold nobody up; not told by the connection's start, which
// poolers in between refuse
async function tell(own: PostgresPoolClient, client: PostgresClient, limitMs: number): Promise<void> {
  const set = ["statement_timeout", "idle_in_transaction_session_timeout"].map((name) => `set_config('${name}', '${limitMs}', false)`);
  // what was answered must not be lost with the server's machine; a setting that waits for more, e.g. for a standby, stays
  set.push("case when current_setting('synchronous_commit') = 'off' then set_config('synchronous_commit', 'on', false) end");
  await own.query(`select ${set.join(", ")}`, []);
  told.set(client, limitMs);
}

function limitedClient(client: PostgresClient, limitMs: number): PostgresPoolClient {
  let broken: { readonly error: unknown } | undefined;
  const query = async (text: string, values: readonly unknown[]): Promise<unknown> => {
    // what follows a lost answer, such as its ROLLBACK, would wait behind it
    if (broken !== undefined) throw broken.error;
    try {
      return await client.query({ text, values, query_timeout: limitMs });
    } catch (error) {
      if (!isAnswer(error)) broken = { error };
      throw error;
    }
  };
  return { query: query as PostgresPoolClient["query"], release: (destroy) => client.release(destroy === true || broken !== undefined) };
}

// the server itself refused, so its connection is still good
function isAnswer(error: unknown): boolean {
  return typeof error === "object" && error !== null && "severity" in error && error.severity === "ERROR";
}
