import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Logger, Storage } from "@wadesk/core";
import type { ServiceConfig } from "./told/read-variables.ts";

/** Where a service keeps everything. */
export interface ServiceDatabase {
  readonly storage: Storage;
  /** The file of an SQLite database. */
  readonly file?: string;
}

/** Makes the storage that a service was told of. A database without a path lies in `folder`. */
export async function serviceDatabase(
  { database }: Pick<ServiceConfig, "database">,
  folder: string,
  log: Logger,
): Promise<ServiceDatabase> {
  if ("url" in database) {
    const { postgresStorage } = await import("@wadesk/storage/postgres");
    return { storage: postgresStorage({ url: database.url, log }) };
  }
  const file = resolve(folder, database.file);
  mkdirSync(dirname(file), { recursive: true });
  const { sqliteStorage } = await import("@wadesk/storage/sqlite");
  return { storage: sqliteStorage({ path: file, log }), file };
}
