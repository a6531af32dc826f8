import { postgresStorage } from "@wadesk/storage/postgres";
import { storageContract } from "@wadesk/testing/contracts";
import { afterAll } from "vitest";
import { testPglite } from "../../packages/storage/src/testing/open-databases.ts";

const pglite = testPglite();
afterAll(pglite.close);

storageContract("postgresStorage on PGlite", async (time) => postgresStorage({ ...pglite.options(), ...time }));
