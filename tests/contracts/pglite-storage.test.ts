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
  const dialect = new PGliteDialect({ pglite });
  return postgresStorage({ dialect, listen: (channel, wake) => pglite.listen(channel, wake), ...time });
});
