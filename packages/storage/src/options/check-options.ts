import { type IssueCode, WadeskError } from "@wadesk/core";
import { checkOptions, type FieldKinds } from "@wadesk/core/ports";
import type { MigrationMode } from "../migrations/check-schema.ts";
import type { SqlStorageOptions } from "../storage/sql-storage.ts";

const MODES: Readonly<Record<MigrationMode, true>> = { "on-start": true, "by-hand": true };

/** What every SQL storage may be told, by kind. */
export const SQL_OPTIONS: FieldKinds<SqlStorageOptions> = { now: "function", migrations: "text", log: "any" };

/** Refuses options of a storage that are unknown, or of the wrong kind, with `configuration_invalid`. */
export function checkSqlOptions<Options extends SqlStorageOptions>(of: string, given: Options, kinds: FieldKinds<Options>): void {
  checkOptions<Options>(of, given, kinds);
  const { migrations, log } = given;
  if (log !== undefined && typeof (log as typeof log | null)?.warn !== "function")
    throw optionInvalid(of, "log", "must be a logger, with the function warn");
  if (migrations !== undefined && !Object.hasOwn(MODES, migrations)) throw optionInvalid(of, "migrations", "must be on-start or by-hand");
}

/** The error for an option of a storage that cannot work. It never repeats what was given: a URL holds a password. */
export function optionInvalid(
  of: string,
  field: string,
  message: string,
  { code = "wrong_form", cause }: { readonly code?: IssueCode; readonly cause?: unknown } = {},
): WadeskError {
  return new WadeskError("configuration_invalid", { detail: `${of}: ${field}: ${message}`, issues: [{ field, code, message }], cause });
}
