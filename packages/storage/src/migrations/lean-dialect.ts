import type { Dialect, Kysely, TableMetadata } from "kysely";
import type { SchemaWords } from "./schema-words.ts";

/**
 * A dialect whose introspection answers the migrator's questions and no others: are the schema and its two tables there? Kysely's own
 * reads the whole catalogue for each, which takes seconds where there are thousands of tables.
 */
export function leanDialect(dialect: Dialect, words: () => SchemaWords): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createDriver: () => dialect.createDriver(),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: (kysely) => ({
      getSchemas: async () => ((await finds(kysely, words().findSchema)) ? [{ name: words().schema ?? "" }] : []),
      async getTables() {
        const tables: TableMetadata[] = [];
        for (const name of ["migrations", "migrations_lock"]) {
          if (await finds(kysely, words().findTable(name))) tables.push(tableOf(`wadesk_${name}`, words().schema));
        }
        return tables;
      },
    }),
  };
}

async function finds(kysely: Kysely<unknown>, query: string): Promise<boolean> {
  const { sql } = await import("kysely");
  return (await sql.raw(query).execute(kysely)).rows.length > 0;
}

function tableOf(name: string, schema: string | undefined): TableMetadata {
  return { name, isView: false, isForeign: false, columns: [], ...(schema !== undefined && { schema }) };
}
