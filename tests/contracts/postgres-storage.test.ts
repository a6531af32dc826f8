import { postgresStorage } from "@wadesk/storage/postgres";
import { storageContract } from "@wadesk/testing/contracts";
import { afterAll, describe } from "vitest";
import { postgresIsAway, testSchemas } from "../../packages/storage/src/testing/open-databases.ts";

const away = await postgresIsAway();
if (away) console.warn(`skipped: ${away}`);

describe.skipIf(away)(away ?? "PostgreSQL", () => {
  const schemas = testSchemas();
  afterAll(schemas.remove);
  storageContract("postgresStorage", async (time) => postgresStorage({ pool: schemas.pool, schema: schemas.fresh(), ...time }));
});
