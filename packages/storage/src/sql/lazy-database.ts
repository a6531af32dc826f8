import { isWadeskError, WadeskError } from "@wadesk/core";
import type { Kysely } from "kysely";
import type { OpenDatabase, Run, SqlDatabase, SqlFaults } from "./database.ts";
import { GROUP_LIMIT, grouped } from "./grouped.ts";
import type { HowWritten, Statement } from "./statement.ts";

/** A database that opens when it is first used, and can be ended. */
export interface LazyDatabase extends SqlDatabase {
  /** Opens it and brings its schema up to date, unless that has happened. One that failed is tried again by the next use. */
  readonly ready: () => Promise<OpenDatabase>;
  /** Opens it as it is, without a look at its schema. */
  readonly use: <Result>(work: (open: OpenDatabase) => Promise<Result>) => Promise<Result>;
  /** Waits for what is under way, then ends what was opened. */
  readonly close: () => Promise<void>;
}

/** How a database is opened, readied and explained. */
export interface LazyOptions {
  readonly open: () => Promise<OpenDatabase>;
  readonly prepare: (open: OpenDatabase) => Promise<void>;
  readonly faults: SqlFaults;
  /** What is wrong with the place itself, asked until the database has answered once: what held then passes by itself. */
  readonly unusable?: (error: unknown) => Error | undefined;
  /** For how many milliseconds one that is busy is asked again; not at all by default. */
  readonly patienceMs?: number;
  /** It has one writer at a time, so that what is written at once by several shares one commit, and one wait for the disk. */
  readonly sharesCommits?: boolean;
}

interface Work {
  readonly work: (run: Run) => Promise<unknown>;
  /** It is one statement, which needs no transaction around it. */
  readonly isOne?: boolean;
  readonly how?: HowWritten | undefined;
}

/** Works of one commit at most; the event loop waits while they are done. */
const MOST_WORKS = 50;
const WORK = { rows: GROUP_LIMIT.rows / MOST_WORKS, size: 0 };
const ATTEMPTS = 5;
const ASK_AGAIN_MS = 10;

/** Wraps the opening of a database. */
export function lazyDatabase({ open, prepare, faults, unusable, patienceMs = 0, sharesCommits = false }: LazyOptions): LazyDatabase {
  let answered = false;
  const opened = once(open);
  const readied = once(async () => {
    const database = await opened.get();
    await prepare(database);
    answered = true;
    return database;
  });
  const underWay = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;

  const tracked = <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (closing !== undefined)
      return Promise.reject(new WadeskError("storage_unavailable", { detail: "close() of this storage was called" }));
    const running = work();
    underWay.add(running);
    const over = (): void => void underWay.delete(running);
    running.then(over, over);
    return running;
  };
  const explain = (error: unknown): unknown => (answered ? undefined : unusable?.(error)) ?? explained(error, faults);
  const trying = <Result>(work: () => Promise<Result>): Promise<Result> => explaining(patiently(work, faults, patienceMs), explain);
  const guarded = <Result>(work: () => Promise<Result>): Promise<Result> => tracked(() => trying(work));
  /** Works that happen together or not at all, one after the other. */
  const commit = async (works: readonly Work[]): Promise<readonly unknown[]> => {
    const { kysely, compile, waitForDisk } = await readied.get();
    waitForDisk?.(!works.every(({ how }) => how === "brief"));
    const [first] = works;
    if (works.length === 1 && first?.isOne) return [await first.work(runOn(kysely, compile))];
    const begin = kysely.transaction().setIsolationLevel("read committed");
    return begin.execute(async (transaction) => {
      const run = runOn(transaction, compile);
      const results: unknown[] = [];
      for (const { work } of works) results.push(await work(run));
      return results;
    });
  };
  const share = grouped<Work, unknown>({
    write: (works) => patiently(() => commit(works), faults, patienceMs),
    weigh: () => WORK,
    // those that came later have patience of their own
    faultOf: (error) => (faults.general?.(error) === true ? "moment" : "call"),
  });

  return {
    ready: () => guarded(readied.get),
    use: (work) =>
      guarded(async () => {
        const database = await opened.get();
        database.waitForDisk?.(true);
        return work(database);
      }),
    run: <Input extends object, Row>(statement: Statement<Input, Row>, input: Input) =>
      tracked(async () => {
        const { kysely, compile } = await trying(readied.get);
        const query = compile(statement, input);
        if (!sharesCommits || isRead(query)) return trying(async () => (await kysely.executeQuery(query)).rows);
        return (await explaining(
          share({ work: (run) => run(statement, input), isOne: true, how: statement.how }),
          explain,
        )) as readonly Row[];
      }),
    write: <Result>(work: (run: Run) => Promise<Result>, how?: HowWritten) =>
      tracked(async () => {
        await trying(readied.get);
        return (sharesCommits ? await explaining(share({ work, how }), explain) : (await trying(() => commit([{ work }])))[0]) as Result;
      }),
    close() {
      closing ??= (async () => {
        await Promise.allSettled(underWay);
        await (await opened.peek())?.end();
      })();
      return closing;
    },
  };
}

// what is none writes, or may
function isRead({ sql }: { readonly sql: string }): boolean {
  return /^\s*select\b/i.test(sql);
}

function runOn(kysely: Kysely<unknown>, compile: OpenDatabase["compile"]): Run {
  return async (statement, input) => (await kysely.executeQuery(compile(statement, input))).rows;
}

async function patiently<Result>(work: () => Promise<Result>, faults: SqlFaults, patienceMs: number): Promise<Result> {
  const giveUpAt = performance.now() + patienceMs;
  for (let count = 1; ; count += 1) {
    try {
      return await work();
    } catch (error) {
      if (count < ATTEMPTS && faults.passing(error)) continue;
      if (!faults.busy(error) || performance.now() >= giveUpAt) throw error;
      await new Promise<void>((resolve) => void setTimeout(resolve, ASK_AGAIN_MS));
    }
  }
}

async function explaining<Result>(work: Promise<Result>, explain: (error: unknown) => unknown): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw explain(error);
  }
}

function explained(error: unknown, faults: SqlFaults): unknown {
  const detail = isWadeskError(error) ? undefined : faults.explain(error);
  return detail === undefined ? error : new WadeskError("storage_unavailable", { detail, cause: error });
}

interface Once<Value> {
  readonly get: () => Promise<Value>;
  /** What there is, or nothing when nobody asked for it or it failed. */
  readonly peek: () => Promise<Value | undefined>;
}

// shares one attempt, and forgets it when it failed
function once<Value>(make: () => Promise<Value>): Once<Value> {
  let made: Promise<Value> | undefined;
  return {
    get() {
      if (made === undefined) {
        const attempt = make();
        made = attempt;
        attempt.catch(() => {
          if (made === attempt) made = undefined;
        });
      }
      return made;
    },
    peek: async () => made?.catch(() => undefined),
  };
}
