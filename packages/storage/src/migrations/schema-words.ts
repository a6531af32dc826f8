/** The types of columns, and the full names of tables, in which the two databases differ. */
export interface SchemaWords {
  /** Compares byte by byte, whatever the database's language. */
  readonly text: string;
  readonly bytes: string;
  /** A number that the database counts up; primary key. */
  readonly position: string;
  /** A table's name with its schema, quoted. */
  readonly table: (name: string) => string;
  /** Answers a row when the table is there. */
  readonly findTable: (name: string) => string;
}

/** SQLite's types. */
export const sqliteSchema: SchemaWords = {
  text: "text",
  bytes: "blob",
  position: "integer primary key autoincrement",
  table: (name) => `wadesk_${name}`,
  findTable: (name) => `select 1 from sqlite_schema where type = 'table' and name = 'wadesk_${name}'`,
};

/** PostgreSQL's types, and tables in one schema. */
export function postgresSchema(schema: string): SchemaWords {
  return {
    text: `text collate "C"`,
    bytes: "bytea",
    position: "bigint generated always as identity primary key",
    table: (name) => `${quoted(schema)}.wadesk_${name}`,
    findTable: (name) => `select 1 from pg_catalog.pg_tables where schemaname = ${literal(schema)} and tablename = 'wadesk_${name}'`,
  };
}

/** An SQL identifier in quotes. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** An SQL text in quotes, under PostgreSQL's standard_conforming_strings and on SQLite. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
