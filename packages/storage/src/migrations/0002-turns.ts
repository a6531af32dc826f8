import type { SchemaWords } from "./schema-words.ts";

/**
 * Turns and deaths. `lane` and `line` are numbers of a queue's workspace and connection, by which claims go round; what waited before has numbers of
 * its own until something is added to it. `deaths` counts the leases that ended at the event at position `head` while others ran beside it;
 * `alone` is 1 while nothing does. A process of the version before goes on working beside this one.
 */
export function turns({ schema, table }: SchemaWords): readonly string[] {
  const [inbox, queues] = [table("inbox"), table("inbox_queues")];
  // what is done may be a thousand times as much
  const open = schema === undefined ? `${inbox} indexed by wadesk_inbox_open` : inbox;
  return [
    ...["lane bigint", "line bigint", "deaths integer", "alone integer"].map(
      (column) => `alter table ${queues} add column ${column} not null default 0`,
    ),
    `update ${queues} set lane = waits.lane, line = waits.line from (
  select order_key, max(lane) as lane, max(line) as line from (
    select order_key, dense_rank() over (order by workspace_id) as lane, dense_rank() over (order by workspace_id, connection_id) as line
    from ${open} where state = 'open'
  ) as each_event group by order_key
) as waits where waits.order_key = ${queues}.order_key`,
    `create index wadesk_inbox_queues_ready on ${queues} (lane, line, turn) where open > 0 and due_at = 0`,
    `create index wadesk_inbox_queues_held on ${queues} (due_at, head) where open > 0 and token <> 0`,
    `create index wadesk_inbox_queues_resting on ${queues} (due_at) where open > 0 and token = 0 and due_at > 0`,
  ];
}
