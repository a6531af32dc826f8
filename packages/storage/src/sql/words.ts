import type { RawBuilder, Sql } from "kysely";
import { quoted } from "../migrations/schema-words.ts";

type Part = RawBuilder<unknown>;

/** The two databases. */
export type SqlDialect = "sqlite" | "postgres";

/** Every place in which the SQL of the two databases differs. */
export interface SqlWords {
  readonly dialect: SqlDialect;
  /** The items of a JSON array of arrays as the rows `each`: `each.value ->> 0` is an item's first element, as text. */
  readonly each: (list: Part) => Part;
  /** Bytes out of their hexadecimals. */
  readonly fromHex: (text: Part) => Part;
  /** The greater of two numbers. */
  readonly greatest: (left: Part, right: Part) => Part;
  /** Ends a SELECT: its rows cannot change until the transaction ends, though others may read and share them. */
  readonly forShare: Part;
  /** Ends a SELECT: its rows are this transaction's until it ends. */
  readonly forUpdate: Part;
  /** Ends a SELECT like `forUpdate`, for the rows of one of its tables, and passes over those that another transaction holds. */
  readonly forUpdateSkipping: (table: Part) => Part;
  /** A position at the end of the inbox, in a SELECT one more for each row. */
  readonly nextPosition: Part;
  /** A text in the order in which the columns of texts sort. */
  readonly bytewise: (text: Part) => Part;
  /** A statement that waits until no other transaction holds this name, and holds it until the end; absent where one writer is all there is. */
  readonly hold?: (name: Part) => Part;
  /** Wakes those who listen for changes once the transaction is committed: an expression to select; absent where nobody can listen. */
  readonly notify?: Part;
}

/** SQLite's words. A write transaction has the database to itself, so nothing needs a lock. */
export function sqliteWords(sql: Sql): SqlWords {
  const nothing = sql``;
  return {
    dialect: "sqlite",
    each: (list) => sql`json_each(${list}) as each`,
    fromHex: (text) => sql`unhex(${text})`,
    greatest: (left, right) => sql`max(${left}, ${right})`,
    forShare: nothing,
    forUpdate: nothing,
    forUpdateSkipping: () => nothing,
    nextPosition: sql`(select coalesce(max(position), 0) from wadesk_inbox) + row_number() over ()`,
    bytewise: (text) => text,
  };
}

/** PostgreSQL's words for the tables of one schema; changes are told on the channel of this name. */
export function postgresWords(sql: Sql, schema: string, channel: string): SqlWords {
  return {
    dialect: "postgres",
    each: (list) => sql`jsonb_array_elements(cast(${list} as jsonb)) as each(value)`,
    fromHex: (text) => sql`decode(${text}, 'hex')`,
    greatest: (left, right) => sql`greatest(${left}, ${right})`,
    forShare: sql`for share`,
    forUpdate: sql`for update`,
    forUpdateSkipping: (table) => sql`for update of ${table} skip locked`,
    nextPosition: sql`nextval(pg_get_serial_sequence(${sql.lit(`${quoted(schema)}.wadesk_inbox`)}, 'position'))`,
    bytewise: (text) => sql`${text} collate "C"`,
    hold: (name) => sql`select pg_advisory_xact_lock(hashtextextended(cast(${name} as text), 0))`,
    notify: sql`pg_notify(${sql.lit(channel)}, '')`,
  };
}
