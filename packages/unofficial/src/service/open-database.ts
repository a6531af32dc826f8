import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Logger, Storage } from "@wadesk/core";
import type { ServiceConfig } from "./told/read-variables.ts";

/** Makes the storage that a service was told of. A database without a path lies in `folder`. */
export async function openDatabase({ database }: Pick<ServiceConfig, "database">, folder: string, log: Logger): Promise<Storage> {
  if ("url" in database) {
    const { postgresStorage } = await import("@wadesk/storage/postgres");
    return postgresStorage({ url: database.url, log });
  }
  const path = resolve(folder, database.file);
  mkdirSync(dirname(path), { recursive: true });
  const { sqliteStorage } = await import("@wadesk/storage/sqlite");
  return sqliteStorage({ path, log });
}
