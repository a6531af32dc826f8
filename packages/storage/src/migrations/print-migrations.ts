import { WadeskError } from "@wadesk/core";
import type { CompiledQuery, DatabaseConnection, Dialect, Driver } from "kysely";
import { leanDialect } from "./lean-dialect.ts";
import { MIGRATIONS, runMigrations } from "./migrations.ts";
import { literal, type SchemaWords } from "./schema-words.ts";

/**
 * Every statement that brings a database to this version, as `migrate()` would run them: a script for those who run their own. The database
 * is empty, or has had the migrations up to and with `after`.
 */
export async function printMigrations(words: SchemaWords, after?: string): Promise<string> {
  const names = Object.keys(MIGRATIONS);
  if (after !== undefined && !names.includes(after)) {
    throw new WadeskError("input_invalid", { detail: `there is no migration ${after}, but ${names.join(", ")}` });
  }
  const { Kysely, PostgresAdapter, PostgresQueryCompiler, SqliteAdapter, SqliteQueryCompiler } = await import("kysely");
  const queries: CompiledQuery[] = [];
  const recording: Dialect = {
    createAdapter: () => (words.schema === undefined ? new SqliteAdapter() : new PostgresAdapter()),
    createDriver: () => recorder(queries, names.slice(0, names.indexOf(after ?? "") + 1)),
    createIntrospector: () => ({ getSchemas: async () => [], getTables: async () => [] }),
    createQueryCompiler: () => (words.schema === undefined ? new SqliteQueryCompiler() : new PostgresQueryCompiler()),
  };
  await runMigrations({ kysely: new Kysely<unknown>({ dialect: leanDialect(recording, () => words) }), words });
  const changes = queries.filter(({ sql }) => /^\s*(create|alter|drop|insert|update|delete)\b/i.test(sql));
  return ["begin", ...changes.map(withValues), "commit"].map((each) => `${each};\n`).join("\n");
}

// a database in which nothing happens, and nothing is but the notes of what was applied
function recorder(queries: CompiledQuery[], applied: readonly string[]): Driver {
  const notes = applied.map((name) => ({ name, timestamp: UNDATED }));
  const connection: DatabaseConnection = {
    async executeQuery<Row>(query: CompiledQuery) {
      queries.push(query);
      return { rows: (query.sql.startsWith("select") ? notes : []) as Row[] };
    },
    // biome-ignore lint/correctness/useYield: nothing is ever streamed
    async *streamQuery() {
      throw new Error("the migrations stream nothing");
    },
  };
  const nothing = async (): Promise<void> => {};
  return {
    init: nothing,
    acquireConnection: async () => connection,
    beginTransaction: nothing,
    commitTransaction: nothing,
    rollbackTransaction: nothing,
    releaseConnection: nothing,
    destroy: nothing,
  };
}

// when it was printed says nothing, so that printing again changes nothing
const UNDATED = new Date(0).toISOString();

function withValues({ sql, parameters }: CompiledQuery): string {
  if (parameters.length === 0) return sql;
  let next = 0;
  return sql.replace(/\$\d+|\?/g, () => {
    const value = parameters[next++];
    if (typeof value === "number") return String(value);
    const text = String(value);
    return literal(/^\d{4}-\d\d-\d\dT/.test(text) ? UNDATED : text);
  });
}
