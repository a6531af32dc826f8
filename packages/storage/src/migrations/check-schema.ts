import { WadeskError } from "@wadesk/core";
import { appliedMigrations, MIGRATIONS, type MigrationPlace, runMigrations } from "./migrations.ts";

/** `on-start` brings the schema up to date; `by-hand` refuses one that is not. */
export type MigrationMode = "on-start" | "by-hand";

/** Makes sure that the schema is the one that this version works with. */
export async function checkSchema(place: MigrationPlace, mode: MigrationMode): Promise<void> {
  const { applied, missing } = await compare(place);
  if (missing.length === 0) return;
  if (mode === "on-start") return void (await runMigrations(place));
  const { schema } = place.words;
  const last = applied.at(-1);
  const words = [schema === undefined ? "sqlite" : `postgres --schema ${schema}`, last === undefined ? [] : `--after ${last}`].flat();
  const command = `npx -p @wadesk/storage wadesk-migrations ${words.join(" ")}`;
  throw new WadeskError("storage_unavailable", {
    detail: `the database's schema is older than this version of @wadesk/storage, and migrations are run by hand: call migrate() of the storage, or run the SQL that "${command}" prints`,
  });
}

/** Runs what is missing; answers the names. Refuses a schema that is newer than this version. */
export async function bringUpToDate(place: MigrationPlace): Promise<readonly string[]> {
  const { missing } = await compare(place);
  return missing.length === 0 ? [] : runMigrations(place);
}

interface Comparison {
  readonly applied: readonly string[];
  readonly missing: readonly string[];
}

async function compare(place: MigrationPlace): Promise<Comparison> {
  const applied = [...(await appliedMigrations(place))].sort();
  const newer = applied.filter((name) => !Object.hasOwn(MIGRATIONS, name));
  if (newer.length > 0) {
    throw new WadeskError("storage_unavailable", {
      detail: `the database's schema is newer than this version of @wadesk/storage (it has had ${newer.join(", ")}): update the package`,
    });
  }
  return { applied, missing: Object.keys(MIGRATIONS).filter((name) => !applied.includes(name)) };
}
