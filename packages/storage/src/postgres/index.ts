export type { MigrationMode } from "../migrations/check-schema.ts";
export type { SqlStorage, SqlStorageOptions } from "../storage/sql-storage.ts";
export type { PostgresPlace } from "./access.ts";
export { postgresMigrations } from "./postgres-migrations.ts";
export type { PostgresClient, PostgresPool, PostgresQuery, PostgresResult } from "./postgres-pool.ts";
export { type PostgresStorageOptions, postgresStorage } from "./postgres-storage.ts";
