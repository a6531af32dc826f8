import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import type { DatabasePlan } from "../host/plan.ts";

/**
 * What the database itself counts: a trigger writes a line for each row of the inbox that is set to done, in the same transaction. So not even a process
 * that dies between its commit and its report can hide that it completed something.
 */
export interface Ledger {
  /** The keys, in the order of their completion. */
  completed(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** The ledger of a SQLite file. */
export function sqliteLedger(path: string): Ledger {
  const database = new DatabaseSync(path, { timeout: 10_000 });
  database.exec(`
    create table ledger (number integer primary key autoincrement, key text not null);
    create trigger inbox_is_done after update of state on wadesk_inbox when new.state = 'done'
    begin insert into ledger (key) values (new.key); end`);
  return {
    completed: async () =>
      database
        .prepare("select key from ledger order by number")
        .all()
        .map(({ key }) => String(key)),
    close: async () => database.close(),
  };
}

/** The ledger of a schema of PostgreSQL. */
export async function postgresLedger({ url, schema }: Extract<DatabasePlan, { kind: "PostgreSQL" }>): Promise<Ledger> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(`
    set search_path = ${schema};
    create table ledger (number bigserial primary key, key text not null);
    create function count_done() returns trigger language plpgsql as
      $$ begin insert into ${schema}.ledger (key) values (new.key); return null; end $$;
    create trigger inbox_is_done after update of state on wadesk_inbox for each row when (new.state = 'done') execute function count_done()`);
  return {
    completed: async () => (await client.query<{ key: string }>("select key from ledger order by number")).rows.map(({ key }) => key),
    close: () => client.end(),
  };
}
