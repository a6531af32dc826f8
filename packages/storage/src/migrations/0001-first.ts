import { countTables } from "./0001-counts.ts";
import { inboxTables } from "./0001-inbox.ts";
import type { SchemaWords } from "./schema-words.ts";

/** The tables of the first version. Texts that others choose are kept as `keyText` gives them; `data` and `event` are JSON. */
export function first(words: SchemaWords): readonly string[] {
  const { text, bytes, table } = words;
  const [connections, messages, standings] = [table("connections"), table("messages"), table("standings")];
  const [records, leases] = [table("records"), table("leases")];
  return [
    `create table ${connections} (
  id ${text} primary key,
  workspace_id ${text} not null,
  channel ${text} not null,
  route ${text} not null unique,
  account ${text},
  region ${text},
  state ${text} not null,
  is_primary integer not null,
  epoch bigint not null,
  version bigint not null,
  created_at bigint not null,
  last_seen_at bigint,
  seen_at bigint not null,
  data ${text} not null
)`,
    `create index wadesk_connections_oldest on ${connections} (workspace_id, created_at, id)`,
    `create index wadesk_connections_channel on ${connections} (workspace_id, channel, created_at, id)`,
    `create index wadesk_connections_region on ${connections} (workspace_id, channel, region, created_at, id)`,
    `create index wadesk_connections_state on ${connections} (workspace_id, channel, state, created_at, id)`,
    `create index wadesk_connections_alive on ${connections} (workspace_id, channel, (case when state = 'connected' then seen_at end))
  where (case when state = 'connected' then seen_at end) is not null`,
    `create index wadesk_connections_account on ${connections} (account, created_at, id) where account is not null`,
    `create index wadesk_connections_silent on ${connections} (channel, seen_at, id) where state = 'connected'`,
    ...countTables(words),

    `create table ${messages} (
  workspace_id ${text} not null,
  id ${text} not null,
  connection_id ${text} not null,
  idempotency_key ${text},
  provider_id ${text},
  rank integer not null,
  created_at bigint not null,
  data ${text} not null,
  receipt ${text},
  primary key (workspace_id, id)
)`,
    `create unique index wadesk_messages_idempotency on ${messages} (workspace_id, idempotency_key) where idempotency_key is not null`,
    `create index wadesk_messages_provider on ${messages} (connection_id, provider_id) where provider_id is not null`,
    `create index wadesk_messages_connection on ${messages} (workspace_id, connection_id)`,
    `create index wadesk_messages_oldest on ${messages} (workspace_id, created_at, id)`,
    `create index wadesk_messages_age on ${messages} (created_at)`,
    `create table ${standings} (
  connection_id ${text} not null,
  provider_id ${text} not null,
  rank integer not null,
  status ${text} not null,
  at bigint not null,
  failure ${text},
  primary key (connection_id, provider_id)
)`,
    `create index wadesk_standings_age on ${standings} (at)`,

    `create table ${records} (
  namespace ${text} not null,
  key ${text} not null,
  value ${bytes} not null,
  expires_at bigint,
  name ${text},
  primary key (namespace, key)
)`,
    `create index wadesk_records_expired on ${records} (expires_at) where expires_at is not null`,
    `create table ${leases} (
  name ${text} primary key,
  token bigint not null,
  owner ${text} not null,
  until bigint not null
)`,

    ...inboxTables(words),
  ];
}
