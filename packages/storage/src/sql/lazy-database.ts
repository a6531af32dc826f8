import { isWadeskError, WadeskError } from "@wadesk/core";
import type { Kysely } from "kysely";
import type { OpenDatabase, Run, SqlDatabase, SqlFaults } from "./database.ts";

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
  /** For how many milliseconds one that is busy is asked again; not at all by default. */
  readonly patienceMs?: number;
}

const ATTEMPTS = 5;
const ASK_AGAIN_MS = 10;

/** Wraps the opening of a database. */
export function lazyDatabase({ open, prepare, faults, patienceMs = 0 }: LazyOptions): LazyDatabase {
  const opened = once(open);
  const readied = once(async () => {
    const database = await opened.get();
    await prepare(database);
    return database;
  });
  const underWay = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;

  const guarded = <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (closing !== undefined)
      return Promise.reject(new WadeskError("storage_unavailable", { detail: "close() of this storage was called" }));
    const running = attempt(work, faults, patienceMs);
    underWay.add(running);
    const over = (): void => void underWay.delete(running);
    running.then(over, over);
    return running;
  };

  return {
    ready: () => guarded(readied.get),
    use: (work) => guarded(async () => work(await opened.get())),
    run: (statement, input) =>
      guarded(async () => {
        const { kysely, compile } = await readied.get();
        return (await kysely.executeQuery(compile(statement, input))).rows;
      }),
    write: (work) =>
      guarded(async () => {
        const { kysely, compile } = await readied.get();
        const begin = kysely.transaction().setIsolationLevel("read committed");
        return begin.execute((transaction) => work(runOn(transaction, compile)));
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

function runOn(kysely: Kysely<unknown>, compile: OpenDatabase["compile"]): Run {
  return async (statement, input) => (await kysely.executeQuery(compile(statement, input))).rows;
}

async function attempt<Result>(work: () => Promise<Result>, faults: SqlFaults, patienceMs: number): Promise<Result> {
  const giveUpAt = performance.now() + patienceMs;
  for (let count = 1; ; count += 1) {
    try {
      return await work();
    } catch (error) {
      if (count < ATTEMPTS && faults.passing(error)) continue;
      if (faults.busy(error) && performance.now() < giveUpAt) await new Promise<void>((resolve) => void setTimeout(resolve, ASK_AGAIN_MS));
      else throw explained(error, faults);
    }
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
