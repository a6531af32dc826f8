import { type Logger, WadeskError } from "@wadesk/core";
import type { ClientConfig } from "pg";
import { optionInvalid } from "../options/check-options.ts";
import type { PostgresClient, PostgresPool } from "./postgres-pool.ts";

/** A pool that WaDesk opened itself. */
export interface OwnPool extends PostgresPool {
  /** A client beside the pool, for listening; releasing it ends it. */
  readonly connectBeside: () => Promise<PostgresClient>;
  readonly end: () => Promise<void>;
}

// to reach the server, or to wait for a free connection
const CONNECT_MS = 5_000;
const END_MS = 5_000;

/** Opens a pool; nothing connects before its first use. */
export async function openPool(url: string, connections: number, log: Logger, connectMs: number = CONNECT_MS): Promise<OwnPool> {
  refuseUnreadable(url);
  const { default: pg } = await import("pg").catch((cause: unknown) => {
    throw new WadeskError("configuration_invalid", { detail: "the package `pg` is not installed: add it to your dependencies", cause });
  });
  const config: ClientConfig = { connectionString: url, connectionTimeoutMillis: connectMs, keepAlive: true };
  const pool = new pg.Pool({ ...config, max: connections });
  // without a listener, an idle connection that is lost ends the process
  pool.on("error", (error) => log.warn({ reason: error.message }, "an idle connection to PostgreSQL was lost"));
  return {
    connect: () => pool.connect() as Promise<unknown> as Promise<PostgresClient>,
    on: (event, listener) => pool.on(event, listener),
    removeListener: (event, listener) => pool.removeListener(event, listener),
    async connectBeside() {
      const client = new pg.Client(config);
      client.on("error", () => {});
      await client.connect();
      return Object.assign(client, { release: () => void client.end().catch(() => {}) }) as unknown as PostgresClient;
    },
    // a connection into nowhere never says goodbye
    async end() {
      const late = Promise.withResolvers<void>();
      const timer = setTimeout(late.resolve, END_MS);
      await Promise.race([pool.end(), late.promise]).finally(() => clearTimeout(timer));
    },
  };
}

// pg's own complaint holds the whole URL, with its password
function refuseUnreadable(url: string): void {
  if (url.startsWith("/") || (URL.canParse(url) && /^(postgres|postgresql|socket):$/.test(new URL(url).protocol))) return;
  throw optionInvalid(
    "postgresStorage",
    "url",
    "cannot be read: write postgres://user:password@host:port/database, with the special characters of the password percent-encoded",
    { code: "not_an_address" },
  );
}
