import type { Kysely } from "kysely";
import type { MigrationPlace } from "../migrations/migrations.ts";
import type { Compile, HowWritten, Statement } from "./statement.ts";
import type { SqlWords } from "./words.ts";

/** Runs one statement and answers its rows. */
export type Run = <Input extends object, Row>(statement: Statement<Input, Row>, input: Input) => Promise<readonly Row[]>;

/** What the stores work on. The first use opens it. */
export interface SqlDatabase {
  /** One statement by itself. */
  readonly run: Run;
  /**
   * Several statements that happen together or not at all: `begin immediate` on SQLite, READ COMMITTED on PostgreSQL. Inside, wait for
   * nothing but `run`. It may be run again after a deadlock.
   */
  readonly write: <Result>(work: (run: Run) => Promise<Result>, how?: HowWritten) => Promise<Result>;
}

/** A database that is open. */
export interface OpenDatabase {
  readonly kysely: Kysely<unknown>;
  readonly words: SqlWords;
  readonly compile: Compile;
  readonly migrations: MigrationPlace;
  /** Where the database tells of changes. */
  readonly listen?: OpenLine;
  /** Says whether the commits that follow wait for the disk, as they do until it is called; absent where that is not WaDesk's to say. */
  readonly waitForDisk?: (waits: boolean) => void;
  /** Ends what was opened for it, and nothing of the host's. */
  readonly end: () => Promise<void>;
}

/** Something that listens, until it is lost or ended. */
export interface Line {
  /** Settles when nothing can be heard any more. */
  readonly lost: Promise<void>;
  readonly end: () => Promise<void>;
}

/** How a line is opened; `wake` is called for each notice with what it says, and without where that is not known. */
export type OpenLine = (wake: (news?: string) => void) => Promise<Line>;

/** What a dialect says about its errors. */
export interface SqlFaults {
  /** What is wrong and what to do next, in a sentence without secrets; nothing for what is no fault of the database. */
  readonly explain: (error: unknown) => string | undefined;
  /** Whether the same work may well succeed now: it lost against another transaction, and left nothing behind. */
  readonly passing: (error: unknown) => boolean;
  /** Whether any work fails so for now, whatever it is; never when absent. */
  readonly general?: (error: unknown) => boolean;
  /** Whether the same work may well succeed in a moment: somebody else is writing, and it left nothing behind. */
  readonly busy: (error: unknown) => boolean;
}
