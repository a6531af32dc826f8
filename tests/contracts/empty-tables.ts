/** What runs a statement: a pool of `pg`, or PGlite. */
interface Queries {
  query(text: string): Promise<{ readonly rows: unknown[] }>;
}

/** Empties WaDesk's tables in a schema and keeps their form: making them anew for each test takes a minute for one file. */
export async function emptyTables(database: Queries, schema: string): Promise<void> {
  const { rows } = await database.query(
    `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
     where schemaname = '${schema}' and tablename not like '%migration%'`,
  );
  for (const { name } of rows as { readonly name: string }[]) await database.query(`delete from ${name}`);
}
