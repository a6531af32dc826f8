import type { Storage } from "@wadesk/core";
import { postgresStorage } from "@wadesk/storage/postgres";
import { sqliteStorage } from "@wadesk/storage/sqlite";

/** Where a database is. */
export type DatabasePlan =
  | { readonly kind: "SQLite"; readonly path: string }
  | { readonly kind: "PostgreSQL"; readonly url: string; readonly schema: string };

/** What a host process is told, as JSON in its environment. */
export interface HostPlan {
  readonly database: DatabasePlan;
  /** The file to which each start of a handler is appended. */
  readonly journal: string;
  /** A mistake that it makes on purpose. */
  readonly flaw?: Flaw;
  /** The key of an event whose handler kills the process, while others are in hand. */
  readonly deadly?: string;
  /** After so many attempts an event is given up; a thousand when absent, so that no number of deaths makes a dead letter. */
  readonly maxAttempts?: number;
}

/** A promise that a broken host does not keep. */
export type Flaw = "answers before the commit" | "forgets what is done" | "knows no contacts";

/** Opens the storage of a plan; `now` where the machine's clock does not count. */
export function openStorage(plan: DatabasePlan, now?: () => number): Storage {
  const time = now === undefined ? {} : { now };
  return plan.kind === "SQLite"
    ? sqliteStorage({ path: plan.path, ...time })
    : postgresStorage({ url: plan.url, schema: plan.schema, ...time });
}
