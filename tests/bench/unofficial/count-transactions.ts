import { DatabaseSync, StatementSync } from "node:sqlite";
import type { Transactions } from "./plan.ts";

/** What a statement is to the count, found out once: a look at each run would cost the side that is counted more than the other. */
interface Counted {
  /** Its verb and table where it writes. */
  readonly writes: string | undefined;
  readonly ends: "commit" | "rollback" | undefined;
}

/** Begins to count the transactions that write, of every database of `node:sqlite` in this process; answers how many there were so far. */
export function countTransactions(): () => Transactions {
  const total: Record<string, number> = {};
  const known = new WeakMap<StatementSync, Counted & { readonly database: DatabaseSync }>();
  /** The first statement that wrote in the transaction under way. */
  const firsts = new WeakMap<DatabaseSync, string>();
  const prepare = DatabaseSync.prototype.prepare;
  DatabaseSync.prototype.prepare = function (this: DatabaseSync, ...values) {
    const made = prepare.apply(this, values);
    const counted = countedOf(values[0]);
    if (counted !== undefined) known.set(made, { ...counted, database: this });
    return made;
  };
  const count = (name: string): void => {
    total[name] = (total[name] ?? 0) + 1;
  };
  const hear = (statement: StatementSync): void => {
    const counted = known.get(statement);
    if (counted === undefined) return;
    const { writes, ends, database } = counted;
    if (writes !== undefined && !database.isTransaction) count(writes);
    else if (writes !== undefined && !firsts.has(database)) firsts.set(database, writes);
    if (ends === undefined) return;
    const first = firsts.get(database);
    firsts.delete(database);
    if (ends === "commit" && first !== undefined) count(first);
  };
  for (const name of ["all", "run"] as const) {
    const own = StatementSync.prototype[name] as (...values: unknown[]) => unknown;
    Reflect.set(StatementSync.prototype, name, function (this: StatementSync, ...values: unknown[]): unknown {
      hear(this);
      return own.apply(this, values);
    });
  }
  return () => ({ ...total });
}

const WRITING = /\b(insert into|delete from|update) "?wadesk_(\w+)/i;

/** Nothing for a statement that only reads. */
function countedOf(sql: string): Counted | undefined {
  const [, verb = "", table = ""] = WRITING.exec(sql) ?? [];
  if (table !== "") return { writes: `${verb.split(" ")[0]} ${table}`, ends: undefined };
  return sql === "commit" || sql === "rollback" ? { writes: undefined, ends: sql } : undefined;
}
