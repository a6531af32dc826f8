import { createRequire } from "node:module";

/** What the service is put together from, beside this package: each is an optional peer of it, so that an application without a bridge need not have them. */
const PARTS = ["@wadesk/storage", "@wadesk/webhooks", "@whiskeysockets/baileys", "pino", "prom-client"] as const;

/** Which of them are not installed; with PostgreSQL its client is one more. `isThere` says whether a package is found. */
export function lackingParts(usesPostgres: boolean, isThere: (name: string) => boolean): readonly string[] {
  return [...PARTS, ...(usesPostgres ? ["pg"] : [])].filter((name) => !isThere(name));
}

/** The sentence for those that lack. */
export function installLine(lacking: readonly string[]): string {
  return `Packages that the bridge needs are not installed. Run\n    npm install ${lacking.join(" ")}`;
}

/** Whether a package is found from here. */
export function isInstalled(name: string): boolean {
  try {
    // the client of PostgreSQL is the storage's to load
    if (name === "pg") createRequire(import.meta.resolve("@wadesk/storage/postgres")).resolve(name);
    else import.meta.resolve(ENTRIES[name] ?? name);
    return true;
  } catch {
    return false;
  }
}

// these have no entry of their own name
const ENTRIES: Readonly<Record<string, string>> = { "@wadesk/storage": "@wadesk/storage/sqlite" };
