import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Storage } from "@wadesk/core";
import { sqliteStorage } from "@wadesk/storage/sqlite";

/** What outlives a run: the database, and the key that its secrets are sealed with. */
export interface Kept {
  readonly storage: Storage;
  readonly encryptionKeys: string;
}

/** Opens the database that the environment names, or one in the folder that the application is started in. */
export function openKept(environment: NodeJS.ProcessEnv): Kept {
  const file = resolve(environment.DATABASE?.trim() || ".wadesk/wadesk.db");
  mkdirSync(dirname(file), { recursive: true });
  return { storage: sqliteStorage(file), encryptionKeys: environment.WADESK_ENCRYPTION_KEYS?.trim() || developmentKey(`${file}.key`) };
}

// made by the first run; in production no key lies beside what it seals
function developmentKey(file: string): string {
  try {
    writeFileSync(file, `k1:${randomBytes(32).toString("base64url")}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  console.log(`WADESK_ENCRYPTION_KEYS is not set: the key of this development run is kept in ${file}`);
  const key = readFileSync(file, "utf8").trim();
  if (/^[\w-]{1,32}:[\w-]{43}=?$/.test(key)) return key;
  throw new Error(`${file} is damaged: it holds no key. Restore it, or remove it and the database beside it to begin anew`);
}
