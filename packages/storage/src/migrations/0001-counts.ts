import { literal, type SchemaWords } from "./schema-words.ts";

const COLUMNS = ["workspace_id", "channel", "region", "state"];
const KEY = COLUMNS.join(", ");

/**
 * How many connections there are of each workspace, channel, region and state. Triggers keep the counts, so that whoever changes a connection
 * keeps them right; a heartbeat changes none. `region` has "=" before it, and is empty where there is none. A count of nothing is removed.
 */
export function countTables(words: SchemaWords): readonly string[] {
  const { schema, text, table } = words;
  return [
    `create table ${table("connection_counts")} (
  workspace_id ${text} not null,
  channel ${text} not null,
  region ${text} not null,
  state ${text} not null,
  count bigint not null,
  primary key (${KEY})
)`,
    ...(schema === undefined ? sqliteTriggers(words) : postgresTriggers(words)),
  ];
}

function sqliteTriggers({ table }: SchemaWords): readonly string[] {
  const [connections, counts] = [table("connections"), table("connection_counts")];
  const add = `
  insert into ${counts} (${KEY}, count) values (${keyOf("new")}, 1)
    on conflict (${KEY}) do update set count = count + 1;`;
  const take = `
  update ${counts} set count = count - 1 where (${KEY}) = (${keyOf("old")});
  delete from ${counts} where (${KEY}) = (${keyOf("old")}) and count <= 0;`;
  return [
    `create trigger wadesk_connections_added after insert on ${connections}
for each row begin${add}
end`,
    `create trigger wadesk_connections_removed after delete on ${connections}
for each row begin${take}
end`,
    `create trigger wadesk_connections_moved after update of ${KEY} on ${connections}
for each row when ${MOVED} begin${take}${add}
end`,
  ];
}

// A statement of many rows changes each count once. The counts that it changes come in the order of their key, since others may change the
// same ones at the same time. Only a trigger for each row can leave heartbeats out.
function postgresTriggers({ table }: SchemaWords): readonly string[] {
  const [connections, counts] = [table("connections"), table("connection_counts")];
  const [ofRows, ofMove] = [table("count_connections"), table("count_moved_connection")];
  const changed = COLUMNS.map((name) => `change.${name}`).join(", ");
  const counting = (name: string, changes: string): string => {
    const body = `
declare
  change record;
begin
  for change in
    select * from (
      ${changes}
    ) as changes order by ${COLUMNS.map((column) => `${column} collate "C"`).join(", ")}
  loop
    insert into ${counts} (${KEY}, count) values (${changed}, change.count)
      on conflict (${KEY}) do update set count = wadesk_connection_counts.count + excluded.count;
    delete from ${counts} where (${KEY}) = (${changed}) and count <= 0;
  end loop;
  return null;
end
`;
    return `create function ${name}() returns trigger language plpgsql as ${literal(body)}`;
  };
  return [
    counting(
      ofRows,
      `select workspace_id, channel, coalesce('=' || region, '') as region, state, case tg_op when 'INSERT' then count(*) else -count(*) end as count
      from changed group by 1, 2, 3, 4`,
    ),
    counting(
      ofMove,
      `select * from (values
        (${keyOf("old")}, -1),
        (${keyOf("new")}, 1)
      ) as moved (${KEY}, count)`,
    ),
    `create trigger wadesk_connections_added after insert on ${connections}
referencing new table as changed for each statement execute function ${ofRows}()`,
    `create trigger wadesk_connections_removed after delete on ${connections}
referencing old table as changed for each statement execute function ${ofRows}()`,
    `create trigger wadesk_connections_moved after update of ${KEY} on ${connections}
for each row when ${MOVED} execute function ${ofMove}()`,
  ];
}

function keyOf(row: "old" | "new"): string {
  return `${row}.workspace_id, ${row}.channel, coalesce('=' || ${row}.region, ''), ${row}.state`;
}

const MOVED = `((${keyOf("old")}) is distinct from (${keyOf("new")}))`;
