import type { Dialect, PostgresPoolClient, PostgresPool as PoolOfKysely } from "kysely";
import type { PostgresClient, PostgresPool } from "./postgres-pool.ts";

/** Kysely's dialect over a pool of `pg`, in which no statement is waited for longer than the limit. */
export async function poolDialect(pool: PostgresPool, limitMs: number): Promise<Dialect> {
  const { PostgresDialect } = await import("kysely");
  const listened = new WeakSet<PostgresClient>();
  const limited: PoolOfKysely = {
    options: {},
    end: async () => {},
    async connect() {
      const client = await pool.connect();
      // a client that is checked out and loses its connection would end the process, had it no listener
      if (!listened.has(client)) client.on("error", () => {});
      listened.add(client);
      return limitedClient(client, limitMs);
    },
  };
  return new PostgresDialect({ pool: limited });
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

/** Whether the server itself refused, so that its connection is still good. */
function isAnswer(error: unknown): boolean {
  return typeof error === "object" && error !== null && "severity" in error && error.severity === "ERROR";
}
