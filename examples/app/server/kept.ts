import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Storage } from "@wadesk/core";
import { sqliteStorage } from "@wadesk/storage/sqlite";
import type { Config } from "./config.ts";

/** What outlives a run: the database, and the key that its secrets are sealed with. */
export interface Kept {
  readonly storage: Storage;
  readonly encryptionKeys: string;
  readonly database: string;
  /** The file of the application's own table, beside the database. */
  readonly chats: string;
  /** Where the key is, in words. */
  readonly key: string;
  /** Opens the database, and only then keeps the key that a first run made: one that fails leaves none behind. */
  open(): Promise<void>;
}

/** The database of the configuration, or this file. Throws a sentence that names the file that is wrong. */
export function openKept({ database, encryptionKeys }: Config, otherwise: string): Kept {
  const file = resolve(database ?? otherwise);
  const storage = sqliteStorage(file);
  const open = async (): Promise<void> => {
    mkdirSync(dirname(file), { recursive: true });
    await storage.open();
  };
  const files = { storage, database: file, chats: `${file.replace(/\.db$/, "")}-chats.db` };
  if (encryptionKeys !== undefined) return { ...files, encryptionKeys, key: "WADESK_ENCRYPTION_KEYS", open };
  // in production no key lies beside what it seals
  const keyFile = `${file}.key`;
  const found = readKey(keyFile, file);
  const key = found ?? `k1:${randomBytes(32).toString("base64url")}`;
  return {
    ...files,
    encryptionKeys: key,
    key: keyFile,
    async open() {
      await open();
      if (found === undefined) writeFileSync(keyFile, `${key}\n`, { flag: "wx", mode: 0o600 });
      console.log(`WADESK_ENCRYPTION_KEYS is not set: the key of this development run is kept in ${keyFile}`);
    },
  };
}

function readKey(keyFile: string, file: string): string | undefined {
  if (!existsSync(keyFile)) return undefined;
  const key = readFileSync(keyFile, "utf8").trim();
  if (/^[\w-]{1,32}:[\w-]{43}=?$/.test(key)) return key;
  throw new Error(
    `${keyFile} is damaged: it holds no key, which is one line such as k1:… of 43 letters, digits, - and _. Restore it, or remove it and ${file} to begin anew`,
  );
}
