import type { Logger } from "@wadesk/core";
import { consoleLogger, systemClock } from "@wadesk/core/ports";
import type { Dialect } from "kysely";
import type { Line } from "../sql/database.ts";
import { clientLine } from "./client-line.ts";
import { openPool } from "./own-pool.ts";
import { checkOut, poolDialect } from "./pool-dialect.ts";
import type { PostgresPool } from "./postgres-pool.ts";

/** How to reach PostgreSQL. */
export type PostgresPlace =
  | {
      /** `postgres://user:password@host:port/database`. WaDesk opens connections of its own and ends them; install the package `pg`. */
      readonly url: string;
      /** At most so many connections, and one more that listens; 10 by default. */
      readonly connections?: number;
      /** False to learn of other processes' changes by polling alone, as behind a pooler that hands a connection on after each transaction. */
      readonly listen?: boolean;
    }
  | {
      /** The host's own pool of `pg`. It stays open when the storage closes. */
      readonly pool: PostgresPool;
      /** While anybody listens for changes, one client of the pool is checked out; false to poll alone. */
      readonly listen?: boolean;
    }
  | {
      /** Any of Kysely's dialects that speaks PostgreSQL, such as PGlite's. What it stands on stays open when the storage closes. */
      readonly dialect: Dialect;
      /**
       * Calls `wake` with what is said on a channel, until the answer is called: `(channel, wake) => pglite.listen(channel, wake)`. Called without it
       * wakes everybody.
       */
      readonly listen?: (channel: string, wake: (news?: string) => void) => Promise<() => Promise<void>>;
    };

/** A way to PostgreSQL that is open. */
export interface Access {
  readonly dialect: Dialect;
  /** The same for work that may take long, where that is another. */
  readonly patientDialect?: Dialect;
  readonly listen?: (channel: string, wake: (news?: string) => void) => Promise<Line>;
  /** Whether the server is told to wait for its disk before it answers. */
  readonly waitsForDisk: boolean;
  readonly end: () => Promise<void>;
}

// an answer that takes longer is not waited for: the database is away, or a lock is held
const STATEMENT_MS = 10_000;
// a migration may have to wait for the processes that run it at the same time
const MIGRATION_MS = 600_000;

/** Readies the way to PostgreSQL; nothing is connected yet. */
export async function accessTo(place: PostgresPlace & { readonly log?: Logger }): Promise<Access> {
  const log = place.log ?? consoleLogger;
  if ("dialect" in place) return ofDialect(place.dialect, place.listen);
  if ("url" in place) {
    const own = await openPool(place.url, place.connections ?? 10, log);
    const listen = async (channel: string, wake: (news?: string) => void): Promise<Line> =>
      clientLine(await own.connectBeside(), channel, wake, systemClock.after);
    // behind a pooler the session is not ours to change: whoever gets it next would have our limits
    const ours = place.listen !== false;
    return { ...(await ofPool(own, ours)), listen, waitsForDisk: ours, end: own.end };
  }
  const { pool } = place;
  const lost = (error: Error): void => log.warn({ reason: error.message }, "an idle connection of the pool was lost");
  pool.on("error", lost);
  return {
    ...(await ofPool(pool, false)),
    waitsForDisk: false,
    async listen(channel, wake) {
      if (pool.options?.max === 1)
        throw new Error("the pool has one connection, and listening would keep it: raise its max, or pass listen: false");
      return clientLine(await checkOut(pool), channel, wake, systemClock.after);
    },
    end: async () => void pool.removeListener("error", lost),
  };
}

async function ofPool(pool: PostgresPool, tellServer: boolean): Promise<Pick<Access, "dialect" | "patientDialect">> {
  return {
    dialect: await poolDialect(pool, { limitMs: STATEMENT_MS, tellServer }),
    patientDialect: await poolDialect(pool, { limitMs: MIGRATION_MS, tellServer }),
  };
}

function ofDialect(dialect: Dialect, listen: Extract<PostgresPlace, { readonly dialect: Dialect }>["listen"]): Access {
  const toLine = async (channel: string, wake: () => void): Promise<Line> => {
    const end = await listen?.(channel, wake);
    return { lost: new Promise(() => {}), end: async () => end?.() };
  };
  return { dialect, waitsForDisk: false, end: async () => {}, ...(listen && { listen: toLine }) };
}
