import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** A key that is kept in a file beside what it seals. */
export interface KeptKey {
  readonly encryptionKeys: string;
  readonly file: string;
  /** Whether it was made now. */
  readonly isNew: boolean;
}

/** Reads the key beside a database's file, or makes it once: readable by its owner alone. `newKey` makes 32 bytes as base64url. */
export function keyBeside(database: string, newKey: () => string): KeptKey {
  const file = `${database}.key`;
  mkdirSync(dirname(file), { recursive: true });
  try {
    // two that start at once agree on the first one's
    writeFileSync(file, `k1:${newKey()}\n`, { flag: "wx", mode: 0o600 });
    return { encryptionKeys: readFileSync(file, "utf8").trim(), file, isNew: true };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return { encryptionKeys: readFileSync(file, "utf8").trim(), file, isNew: false };
}
