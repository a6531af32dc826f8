export type { MigrationMode } from "../migrations/check-schema.ts";
export type { SqlStorage, SqlStorageOptions } from "../storage/sql-storage.ts";
export { sqliteMigrations } from "./sqlite-migrations.ts";
export { type SqliteStorageOptions, sqliteStorage } from "./sqlite-storage.ts";
