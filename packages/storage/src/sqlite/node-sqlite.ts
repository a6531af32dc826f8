import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import type { Dialect, SqliteDatabase, SqliteStatement } from "kysely";

// more than WaDesk has, so that only what is run once is ever dropped
const MOST_STATEMENTS = 500;

/** Kysely's dialect over a database of `node:sqlite`. */
export async function nodeSqliteDialect(database: DatabaseSync): Promise<Dialect> {
  const { SqliteAdapter, SqliteDialect } = await import("kysely");
  const dialect = new SqliteDialect({ database: shim(database) });
  // the migrator locks nobody out unless it may change tables within a transaction, which SQLite allows
  const adapter = Object.defineProperty(new SqliteAdapter(), "supportsTransactionalDdl", { value: true });
  return {
    createAdapter: () => adapter,
    createDriver: () => dialect.createDriver(),
    createIntrospector: (kysely) => dialect.createIntrospector(kysely),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  };
}

function shim(database: DatabaseSync): SqliteDatabase {
  const known = new Map<string, SqliteStatement>();
  return {
    close: () => {},
    prepare(text) {
      const found = known.get(text);
      if (found !== undefined) return found;
      // a plain `begin` takes the lock with the first write, and loses to whoever wrote since its first read
      const statement = database.prepare(text === "begin" ? "begin immediate" : text);
      const made = text === "rollback" ? rollbackOf(statement) : statementOf(statement);
      if (known.size >= MOST_STATEMENTS) known.clear();
      known.set(text, made);
      return made;
    },
  };
}

// a full disk or a failing one has ended the transaction already, and what is wrong must not be hidden by that
function rollbackOf(statement: StatementSync): SqliteStatement {
  const made = statementOf(statement);
  return {
    ...made,
    all(parameters) {
      try {
        return made.all(parameters);
      } catch (error) {
        // told by the text alone: Node before 22.16 does not say whether a transaction is open
        if (error instanceof Error && error.message.includes("no transaction is active")) return [];
        throw error;
      }
    },
  };
}

function statementOf(statement: StatementSync): SqliteStatement {
  // however the host wants its own rows; Node before 22.16 knows no arrays
  statement.setReadBigInts(false);
  statement.setReturnArrays?.(false);
  const bound = (parameters: readonly unknown[]): SQLInputValue[] => parameters as SQLInputValue[];
  return {
    // what gives no rows runs once and answers none; Node before 22.16 cannot tell the one from the other
    reader: true,
    all: (parameters) => statement.all(...bound(parameters)),
    run: (parameters) => statement.run(...bound(parameters)),
    iterate: (parameters) => statement.iterate(...bound(parameters)),
  };
}
