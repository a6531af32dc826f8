import { createHash } from "node:crypto";
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
  /** Ends a SELECT like `forUpdate`, but passes over rows that another transaction holds. */
  readonly forUpdateSkipping: Part;
  /** The position that an inbox row gets next: what the table itself would give it. */
  readonly nextPosition: Part;
  /** Tells the processes that listen to the storage's notices, once the transaction is through; absent where nobody can listen. */
  readonly notify?: Part;
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
    forUpdateSkipping: nothing,
    nextPosition: sql`null`,
  };
}

/** PostgreSQL's words; changes are told on the channel of this name. */
export function postgresWords(sql: Sql, channel: string): SqlWords {
  return {
    dialect: "postgres",
    each: (list) => sql`jsonb_array_elements(cast(${list} as jsonb)) as each(value)`,
    fromHex: (text) => sql`decode(${text}, 'hex')`,
    greatest: (left, right) => sql`greatest(${left}, ${right})`,
    forShare: sql`for share`,
    forUpdate: sql`for update`,
    forUpdateSkipping: sql`for update skip locked`,
    nextPosition: sql`nextval(${sql.lit(`${quoted(schema)}.wadesk_inbox_position_seq`)})`,
    notify: sql`pg_notify(${sql.lit(noticeChannel(schema))}, '')`,
    hold: (name) => sql`select pg_advisory_xact_lock(hashtextextended(cast(${name} as text), 0))`,
    notify: sql`pg_notify(${sql.lit(channel)}, '')`,
  };
}

/** Where PostgreSQL tells of what was added to the inbox of one schema. Names of channels are as short as those of schemas. */
export function noticeChannel(schema: string): string {
  return `wadesk_${createHash("sha256").update(schema).digest("hex").slice(0, 40)}`;
}
