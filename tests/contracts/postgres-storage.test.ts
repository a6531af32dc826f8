import { postgresStorage } from "@wadesk/storage/postgres";
import { storageContract } from "@wadesk/testing/contracts";
import { afterAll, describe } from "vitest";
import { postgresIsAway, testSchemas } from "../../packages/storage/src/testing/open-databases.ts";
import { emptyTables } from "./empty-tables.ts";

const away = await postgresIsAway();
if (away) console.warn(`skipped: ${away}`);

describe.skipIf(away)(away ?? "PostgreSQL", () => {
  const schemas = testSchemas();
  const schema = schemas.fresh();
  afterAll(schemas.remove);

  storageContract("postgresStorage", async (time) => {
    await emptyTables(schemas.pool, schema);
    return postgresStorage({ pool: schemas.pool, schema, ...time });
  });
});
