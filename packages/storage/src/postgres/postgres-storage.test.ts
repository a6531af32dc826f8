import { storageContract } from "@wadesk/testing/contracts";
import { afterAll } from "vitest";
import { testPglite, testSchemas } from "../testing/open-databases.ts";
import { postgresStorage } from "./postgres-storage.ts";
const schemas = testSchemas();
const lite = testPglite();
afterAll(async () => {
  await schemas.remove();
  await lite.close();
});
storageContract("pool", async (time) => postgresStorage({ pool: schemas.pool, schema: schemas.fresh(), ...time }));
storageContract("pglite", async (time) => postgresStorage({ ...lite.options(), ...time }));
