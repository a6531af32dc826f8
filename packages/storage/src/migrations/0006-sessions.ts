import type { SchemaWords } from "./schema-words.ts";

/**
 * Sessions, and the processes that hold them. `place` is JSON of the workspace and the connection; `process` is empty where nobody holds one. A process is
 * one heartbeat, `until` which it lives: no row of a session changes while it is only held. `kinds` is JSON.
 */
export function sessions({ text, table }: SchemaWords): readonly string[] {
  const [processes, held] = [table("session_processes"), table("sessions")];
  return [
    `create table ${processes} (
  name ${text} primary key,
  kinds ${text} not null,
  until bigint not null
)`,
    `create table ${held} (
  connection_id ${text} primary key,
  place ${text} not null,
  kind ${text} not null,
  wanted integer not null,
  process ${text} not null,
  token bigint not null
)`,
    `create index wadesk_sessions_free on ${held} (kind, connection_id) where process = '' and wanted = 1`,
    `create index wadesk_sessions_held on ${held} (process, kind, connection_id) where process <> ''`,
  ];
}
