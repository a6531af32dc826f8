import type { SchemaWords } from "./schema-words.ts";

/**
 * The inbox: its events, and one row per order key that has been used lately. Whoever holds the row of an order key may change what is open of
 * it. `due_at` is when it may be claimed, 0 for at once, and since when it is empty where nothing is open; `turn` is the order among those that
 * are ready; `token` is the claim that holds it, 0 for none; `attempts` counts for the event at position `head`.
 */
export function inboxTables({ text, position, table }: SchemaWords): readonly string[] {
  const [inbox, queues] = [table("inbox"), table("inbox_queues")];
  return [
    `create table ${inbox} (
  position ${position},
  key ${text} not null unique,
  workspace_id ${text} not null,
  connection_id ${text} not null,
  order_key ${text} not null,
  type ${text} not null,
  state ${text} not null,
  event ${text},
  attempts integer,
  ended_at bigint,
  reason ${text}
)`,
    `create index wadesk_inbox_open on ${inbox} (order_key, position) where state = 'open'`,
    `create index wadesk_inbox_done on ${inbox} (ended_at) where state = 'done'`,
    `create index wadesk_inbox_dead on ${inbox} (ended_at, position) where state = 'dead'`,
    `create index wadesk_inbox_dead_of on ${inbox} (workspace_id, ended_at, position) where state = 'dead'`,
    `create index wadesk_inbox_kept on ${inbox} (workspace_id, position) where state <> 'done'`,
    `create index wadesk_inbox_owner on ${inbox} (workspace_id, connection_id, state)`,
    `create table ${queues} (
  order_key ${text} primary key,
  open bigint not null,
  due_at bigint not null,
  turn bigint not null,
  token bigint not null,
  head bigint not null,
  attempts integer not null
)`,
    `create index wadesk_inbox_queues_due on ${queues} (due_at, turn) where open > 0`,
    `create index wadesk_inbox_queues_idle on ${queues} (due_at) where open = 0`,
  ];
}
