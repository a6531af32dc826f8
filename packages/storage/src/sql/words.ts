import type { RawBuilder, Sql } from "kysely";
import { quoted } from "../migrations/schema-words.ts";

type Part = RawBuilder<unknown>;

/** A column and a value. */
export type ColumnValue = readonly [column: Part, value: Part];

/** A range of an index: the rows of it, and their order. */
export interface IndexRange {
  readonly where: Part;
  readonly order: Part;
}

/** The two databases. */
export type SqlDialect = "sqlite" | "postgres";

/** Every place in which the SQL of the two databases differs. */
export interface SqlWords {
  readonly dialect: SqlDialect;
  /** The items of a JSON array of arrays as the rows `each`: `each.value ->> 0` is an item's first element, as text. */
  readonly each: (list: Part) => Part;
  /** Is one of what a SELECT answers, which is read first. */
  readonly oneOf: (query: Part) => Part;
  /** Where a text begins in another, counted from 1; 0 where it is not in it. */
  readonly placeIn: (text: Part, part: Part) => Part;
  /** Bytes out of their hexadecimals. */
  readonly fromHex: (text: Part) => Part;
  /** The greater of two numbers. */
  readonly greatest: (left: Part, right: Part) => Part;
  /** Of an index of all these columns, the entries that have the first values, from the rest on; absent where equality does as well. */
  readonly range?: (first: readonly ColumnValue[], rest: readonly ColumnValue[]) => IndexRange;
  /** Ends a SELECT: its rows cannot change until the transaction ends, though others may read and share them. */
  readonly forShare: Part;
  /** Ends a SELECT: its rows are this transaction's until it ends. */
  readonly forUpdate: Part;
  /** Ends a SELECT like `forUpdate`, for the rows of one of its tables, and passes over those that another transaction holds. */
  readonly forUpdateSkipping: (table: Part) => Part;
  /** Behind a table: its rows are found by this index, where a database would choose another; nothing where it chooses well. */
  readonly indexedBy: (index: string) => Part;
  /** A position at the end of the inbox, in a SELECT one more for each row. */
  readonly nextPosition: Part;
  /** A text in the order in which the columns of texts sort. */
  readonly bytewise: (text: Part) => Part;
  /** A statement that waits until no other transaction holds this name, and holds it until the end; absent where one writer is all there is. */
  readonly hold?: (name: Part) => Part;
  /** The database's own time, in milliseconds since the epoch: an expression to select; absent where it is the machine's anyway. */
  readonly now?: Part;
  /** Wakes those who listen for changes once the transaction is committed: an expression to select; absent where nobody can listen. */
  readonly notify?: Part;
}

/** SQLite's words. A write transaction has the database to itself, so nothing needs a lock. */
export function sqliteWords(sql: Sql): SqlWords {
  const nothing = sql``;
  return {
    dialect: "sqlite",
    each: (list) => sql`json_each(${list}) as each`,
    oneOf: (query) => sql`in (${query})`,
    placeIn: (text, part) => sql`instr(${text}, ${part})`,
    fromHex: (text) => sql`unhex(${text})`,
    greatest: (left, right) => sql`max(${left}, ${right})`,
    forShare: nothing,
    forUpdate: nothing,
    forUpdateSkipping: () => nothing,
    indexedBy: (index) => sql`indexed by ${sql.id(index)}`,
    nextPosition: sql`(select coalesce(max(position), 0) from wadesk_inbox) + row_number() over ()`,
    bytewise: (text) => text,
  };
}

/** PostgreSQL's words for the tables of one schema; changes are told on the channel of this name. */
export function postgresWords(sql: Sql, schema: string, channel: string): SqlWords {
  return {
    dialect: "postgres",
    each: (list) => sql`jsonb_array_elements(cast(${list} as jsonb)) as each(value)`,
    oneOf: (query) => sql`= any(array(${query}))`,
    placeIn: (text, part) => sql`strpos(${text}, cast(${part} as text))`,
    fromHex: (text) => sql`decode(${text}, 'hex')`,
    greatest: (left, right) => sql`greatest(${left}, ${right})`,
    // until ANALYZE has run PostgreSQL thinks of "=" that it leaves few, which it had rather sort
    range(first, rest) {
      const all = [...first, ...rest];
      const [order, end] = [columnsOf(sql, all), sql`(${columnsOf(sql, first)}) <= (${valuesOf(sql, first)})`];
      return { where: sql`(${order}) >= (${valuesOf(sql, all)}) and ${end}`, order };
    },
    forShare: sql`for share`,
    forUpdate: sql`for update`,
    forUpdateSkipping: (table) => sql`for update of ${table} skip locked`,
    indexedBy: () => sql``,
    nextPosition: sql`nextval(pg_get_serial_sequence(${sql.lit(`${quoted(schema)}.wadesk_inbox`)}, 'position'))`,
    bytewise: (text) => sql`${text} collate "C"`,
    hold: (name) => sql`select pg_advisory_xact_lock(hashtextextended(cast(${name} as text), 0))`,
    now: sql`cast(floor(extract(epoch from clock_timestamp()) * 1000) as bigint)`,
    notify: sql`pg_notify(${sql.lit(channel)}, '')`,
  };
}

function columnsOf(sql: Sql, list: readonly ColumnValue[]): Part {
  return sql.join(list.map(([column]) => column));
}

function valuesOf(sql: Sql, list: readonly ColumnValue[]): Part {
  return sql.join(list.map(([, value]) => value));
}
