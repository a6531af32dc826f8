import type { Storage } from "@wadesk/core";
import { drizzle } from "drizzle-orm/node-postgres";
import type { Pool } from "pg";
import { drizzleStorage } from "./storage.ts";

/** The adapter on the application's pool of connections. */
export function poolStorage(pool: Pool, options?: { readonly now?: () => number }): Storage {
  return drizzleStorage(drizzle(pool), options);
}
