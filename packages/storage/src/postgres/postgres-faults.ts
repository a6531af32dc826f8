import type { WadeskError } from "@wadesk/core";
import { optionInvalid } from "../options/check-options.ts";
import type { SqlFaults } from "../sql/database.ts";

const AWAY = "PostgreSQL cannot be reached: check that it runs and that host and port are right";
const LOST = "the connection to PostgreSQL was lost: it is opened again by itself when the database is back";
const SLOW = "PostgreSQL did not answer in time: it is overloaded, a lock is held, or the network drops packets";

// https://www.postgresql.org/docs/current/errcodes-appendix.html, and the codes of Node's sockets
const SENTENCES: Readonly<Record<string, string>> = {
  ECONNREFUSED: AWAY,
  ENOTFOUND: "the host name of PostgreSQL is not known: check the URL",
  EAI_AGAIN: "the host name of PostgreSQL cannot be looked up now: check the URL and the name server",
  EHOSTUNREACH: AWAY,
  ENETUNREACH: AWAY,
  ENOENT: AWAY,
  ETIMEDOUT: SLOW,
  ECONNRESET: LOST,
  EPIPE: LOST,
  DEPTH_ZERO_SELF_SIGNED_CERT: "PostgreSQL's certificate is not signed by anyone known: give its authority with sslrootcert",
  SELF_SIGNED_CERT_IN_CHAIN: "PostgreSQL's certificate is not signed by anyone known: give its authority with sslrootcert",
  "25006": "the database is read-only: connect to the primary server",
  "25P03": SLOW,
  "28000": "PostgreSQL does not let this user in from here: check the user and pg_hba.conf",
  "28P01": "PostgreSQL refused the password: check user and password, whose special characters are percent-encoded in a URL",
  "3D000": "the database does not exist: create it, or name another in the URL",
  "3F000": "the schema does not exist: create it, or run the migrations",
  "42501": "the database's user lacks a right: grant it CREATE and USAGE on the schema, and all rights on its tables",
  "42P01": "a table is missing: run the migrations",
  "53100": "the disk of the database is full: make room",
  "53200": "the database server is out of memory",
  "53300": "the database has too many connections: lower the number of connections, or raise max_connections",
  "55P03": SLOW,
  "57014": SLOW,
  "57P01": LOST,
  "57P02": LOST,
  "57P03": "PostgreSQL is starting up or shutting down: it is tried again",
};

// what `pg` says in words alone
const WORDS: readonly (readonly [begins: RegExp, sentence: string])[] = [
  [
    /^Connection terminated due to connection timeout|^timeout expired/,
    "PostgreSQL did not answer in time when it was called: check host, port and firewall",
  ],
  [
    /^timeout exceeded when trying to connect/,
    "no connection became free in time: raise `connections` of the storage, or the `max` of the pool",
  ],
  [/^Connection terminated|is not queryable|^Client has encountered a connection error/, LOST],
  [/^Query read timeout/, SLOW],
  [
    /^Cannot use a pool after calling end|PGlite is closed|instance is already closed/,
    "what was given to the storage was closed while it was in use",
  ],
  [
    /client password must be a (non-empty )?string|no password/i,
    "PostgreSQL wants a password, and none was given: write postgres://user:password@host/database, or give the pool one",
  ],
  [/server does not support SSL/, "PostgreSQL has no TLS: leave sslmode out of the URL"],
];

/** What the errors of PostgreSQL, and those on the way there, mean. */
export const postgresFaults: SqlFaults = {
  explain(error) {
    if (typeof error !== "object" || error === null) return undefined;
    const text = error instanceof Error ? error.message : "";
    const code = codeOf(error);
    const sentence = SENTENCES[code] ?? WORDS.find(([begins]) => begins.test(text))?.[1];
    if (sentence !== undefined || !/^[0-9A-Z]{5}$/.test(code)) return sentence;
    // what a statement was given: the database is well, and its other statements go through
    if (/^(22|23|54)/.test(code)) return undefined;
    return code.startsWith("08") ? LOST : `PostgreSQL refused with code ${code}: ${text}`;
  },
  // a serialization failure and a deadlock
  passing: (error) => ["40001", "40P01"].includes(codeOf(error)),
  // it waits for locks itself
  busy: () => false,
};

// what stays so until somebody mends the option or the server; one that starts, stops or fails over answers none of these
const LASTING: ReadonlySet<string> = new Set([
  "28000",
  "28P01",
  "3D000",
  "42501",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
]);
const LASTING_WORDS = /client password must be a (non-empty )?string|no password|server does not support SSL/i;

/** Why PostgreSQL is not to be had at a place, as an error of the option that names it, which no repeat mends; nothing where the fault is the moment's. */
export function unusablePlace(option: "url" | "pool" | "dialect", error: unknown): WadeskError | undefined {
  if (!(error instanceof Error)) return undefined;
  const isLasting = LASTING.has(codeOf(error)) || LASTING_WORDS.test(error.message);
  const sentence = isLasting ? postgresFaults.explain(error) : unreadableFile(error);
  return sentence === undefined ? undefined : optionInvalid("postgresStorage", option, sentence, { cause: error });
}

// `pg` reads what these name when it makes a client; a socket that is not there is `connect`, and comes with its server
function unreadableFile(error: Error): string | undefined {
  if (!("syscall" in error && error.syscall === "open" && "path" in error)) return undefined;
  return `${error.path}, which sslrootcert, sslcert or sslkey names, cannot be read (${codeOf(error)}): name a file that is there and may be read`;
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string" ? error.code : "";
}
