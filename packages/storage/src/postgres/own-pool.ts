import type { PostgresPool } from "./postgres-pool.ts";

/** A pool that WaDesk opened itself. */
export interface OwnPool extends PostgresPool {
  end(): Promise<void>;
}

/** Opens a pool; nothing connects before its first use. */
export async function openPool(url: string, connections: number): Promise<OwnPool> {
  const { default: pg } = await import("pg");
  const pool = new pg.Pool({ connectionString: url, max: connections, connectionTimeoutMillis: 5_000, keepAlive: true });
  pool.on("error", () => {});
  return pool as unknown as OwnPool;
}
