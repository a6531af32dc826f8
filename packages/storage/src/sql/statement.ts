import type { CompiledQuery, Kysely, RawBuilder, Sql } from "kysely";
import type { SqlWords } from "./words.ts";

/** The tables that WaDesk keeps, without their prefix. */
export type TableName =
  | "connections"
  | "connection_counts"
  | "connection_changes"
  | "change_counts"
  | "messages"
  | "standings"
  | "records"
  | "leases"
  | "sessions"
  | "session_processes"
  | "inbox"
  | "inbox_queues";

/** What a statement is written with. */
export interface StatementKit<Input> {
  /** Kysely's template tag. */
  readonly sql: Sql;
  readonly words: SqlWords;
  /** One of WaDesk's tables, with its schema. */
  readonly table: (name: TableName) => RawBuilder<unknown>;
  /** A parameter that each run fills in; `undefined` becomes NULL. */
  readonly value: (name: keyof Input & string) => RawBuilder<unknown>;
}

/** One SQL statement, compiled once and run with a new input each time. */
export interface Statement<Input, Row> {
  readonly write: (kit: StatementKit<Input>) => RawBuilder<Row>;
  readonly how?: HowWritten;
}

/**
 * `brief` is what says who holds something at the moment, and what is done again where it is lost. On SQLite everybody who could hold it ends with the machine, so that
 * a commit of nothing else waits for no disk: what is written after it is never there without it.
 */
export type HowWritten = "brief";

/** Names the input and the rows of a statement. */
export function statement<Input extends object, Row = unknown>(
  write: (kit: StatementKit<Input>) => RawBuilder<unknown>,
  how?: HowWritten,
): Statement<Input, Row> {
  return { write: write as (kit: StatementKit<Input>) => RawBuilder<Row>, ...(how && { how }) };
}

/** Turns a statement and an input into what Kysely runs. */
export type Compile = <Input extends object, Row>(statement: Statement<Input, Row>, input: Input) => CompiledQuery<Row>;

interface Slot {
  readonly slot: string;
}

/** What was compiled of each statement. */
export type Compiled = WeakMap<object, CompiledQuery>;

/** Compiles for one open database, and remembers what it compiled: in `known`, which those share whose statements read the same. */
export function compiler(kysely: Kysely<unknown>, kit: Omit<StatementKit<object>, "value">, known: Compiled = new WeakMap()): Compile {
  const { sql } = kit;
  const compileOnce = <Input, Row>(each: Statement<Input, Row>): CompiledQuery => {
    const value = (name: string): RawBuilder<unknown> => sql.val({ slot: name } satisfies Slot);
    const compiled = each.write({ ...kit, value }).compile(kysely);
    known.set(each, compiled);
    return compiled;
  };
  return (each, input) => {
    const compiled = known.get(each) ?? compileOnce(each);
    const fill = (parameter: unknown): unknown => (isSlot(parameter) ? (Reflect.get(input, parameter.slot) ?? null) : parameter);
    return { ...compiled, parameters: compiled.parameters.map(fill) } as CompiledQuery<never>;
  };
}

function isSlot(parameter: unknown): parameter is Slot {
  return typeof parameter === "object" && parameter !== null && "slot" in parameter;
}
