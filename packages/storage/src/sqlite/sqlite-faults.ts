import type { SqlFaults } from "../sql/database.ts";

// https://sqlite.org/rescode.html
const SENTENCES: Readonly<Record<number, string>> = {
  5: "the database was locked for too long: another process or connection holds a transaction open",
  6: "a table was locked: another connection of this process holds a transaction open",
  8: "the database is read-only: make its file and its folder writable, or open it for writing",
  10: "the disk could not be read or written: look at the disk and the file system",
  11: "the database file is damaged: restore it from a backup",
  13: "the disk or the database is full: make room, or raise max_page_count",
  14: "the database file cannot be opened: its folder must exist and be writable",
  26: "the file is not an SQLite database: name another file",
};

// locked, read-only, failing, damaged, gone: what is wrong with the database and not with a statement
const OF_THE_DATABASE: ReadonlySet<number> = new Set([5, 6, 8, 10, 11, 14, 26]);

// too big, constraint, mismatch: the database is well, and its other statements go through
const OF_THE_VALUES: ReadonlySet<number> = new Set([18, 19, 20]);

/** What SQLite's errors mean. */
export const sqliteFaults: SqlFaults = {
  explain(error) {
    if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
    if (error.code === "ERR_INVALID_STATE") return "the database was closed while the storage was in use";
    if (error.code !== "ERR_SQLITE_ERROR" || !("errcode" in error)) return undefined;
    // the low byte is the kind, the rest says more about it
    const code = Number(error.errcode);
    const text = error instanceof Error ? error.message : "";
    if (OF_THE_VALUES.has(code & 0xff)) return undefined;
    return SENTENCES[code & 0xff] ?? `SQLite refused with code ${code}: ${text}`;
  },
  passing: () => false,
  busy: (error) => kindOf(error) === 5,
  general: (error) =>
    OF_THE_DATABASE.has(kindOf(error)) || (error instanceof Error && "code" in error && error.code === "ERR_INVALID_STATE"),
};

function kindOf(error: unknown): number {
  return typeof error === "object" && error !== null && "errcode" in error ? Number(error.errcode) & 0xff : -1;
}
