import { PGlite } from "@electric-sql/pglite";
import { postgresStorage } from "@wadesk/storage/postgres";
import { storageContract } from "@wadesk/testing/contracts";
import { PGliteDialect } from "kysely";
import { afterAll } from "vitest";
import { emptyTables } from "./empty-tables.ts";

const pglite = new PGlite();
afterAll(() => pglite.close());

storageContract("postgresStorage on PGlite", async (time) => {
  await emptyTables(pglite, "public");
  return postgresStorage({ dialect: new PGliteDialect({ pglite }), ...time });
});
