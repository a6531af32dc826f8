import { literal, type SchemaWords } from "./schema-words.ts";

/** So many removals of a workspace are remembered. */
const REMOVALS = 1000;

/**
 * What lists need: the text that is searched, and which connections changed. Each change of a workspace has a number, given under the lock of its row
 * in `change_counts`, so that whoever sees a number sees all before it. Numbers begin at the time, in milliseconds, and above
 * those of the row `\u0001`: those of a workspace that was forgotten and began anew are higher than all before. `removal` counts those removed, and is 0 while one stands; not all changes up to
 * `forgotten` are remembered. Triggers keep all this, so that a process of an earlier version tells too.
 */
export function lists(words: SchemaWords): readonly string[] {
  const { schema, text, table } = words;
  const [connections, changes, counts] = [table("connections"), table("connection_changes"), table("change_counts")];
  const began = beginning(words);
  return [
    `alter table ${connections} add column searched ${text}`,
    `create table ${counts} (
  workspace_id ${text} primary key,
  last bigint not null,
  removals bigint not null,
  forgotten bigint not null
)`,
    `create table ${changes} (
  workspace_id ${text} not null,
  connection_id ${text} not null,
  change bigint not null,
  removal bigint not null,
  primary key (workspace_id, connection_id)
)`,
    `create unique index wadesk_connection_changes_since on ${changes} (workspace_id, change)`,
    `create index wadesk_connection_changes_removed on ${changes} (workspace_id, removal) where removal > 0`,
    ...(schema === undefined ? sqliteTriggers(words) : postgresTriggers(words)),
    `insert into ${counts} (workspace_id, last, removals, forgotten)
  select workspace_id, began + count, 0, began from (
    select workspace_id, count(*) as count, ${began} as began from ${connections} group by workspace_id
  ) as had`,
    `insert into ${changes} (workspace_id, connection_id, change, removal)
  select own.workspace_id, own.id, told.forgotten + row_number() over (partition by own.workspace_id order by own.created_at, own.id), 0
  from ${connections} as own join ${counts} as told on told.workspace_id = own.workspace_id`,
  ];
}

function beginning({ schema, table }: SchemaWords): string {
  const lite = schema === undefined;
  const now = lite ? "(julianday('now') - 2440587.5) * 86400000" : "floor(extract(epoch from statement_timestamp()) * 1000)";
  const floor = `(select last from ${table("change_counts")} where workspace_id = ${lite ? "char" : "chr"}(1))`;
  return `${lite ? "max" : "greatest"}(cast(${now} as ${lite ? "integer" : "bigint"}), coalesce(${floor}, 0))`;
}

const CHANGED = "(old.version <> new.version or old.is_primary <> new.is_primary)";

function sqliteTriggers(words: SchemaWords): readonly string[] {
  const { table } = words;
  const began = beginning(words);
  const [connections, changes, counts] = [table("connections"), table("connection_changes"), table("change_counts")];
  const count = (row: "old" | "new", gone: 0 | 1): string => `
  insert into ${counts} (workspace_id, last, removals, forgotten) select ${row}.workspace_id, began + 1, ${gone}, began from (select ${began} as began) where true
    on conflict (workspace_id) do update set last = last + 1, removals = removals + ${gone};
  insert into ${changes} (workspace_id, connection_id, change, removal)
    select workspace_id, ${row}.id, last, ${gone} * removals from ${counts} where workspace_id = ${row}.workspace_id
    on conflict (workspace_id, connection_id) do update set change = excluded.change, removal = excluded.removal;`;
  const old = `from ${changes} where workspace_id = old.workspace_id and removal > 0
    and removal <= (select removals - ${REMOVALS} from ${counts} where workspace_id = old.workspace_id)`;
  return [
    `create trigger wadesk_connections_told_added after insert on ${connections}
for each row begin${count("new", 0)}
end`,
    `create trigger wadesk_connections_told_changed after update of version, is_primary on ${connections}
for each row when ${CHANGED} begin${count("new", 0)}
end`,
    `create trigger wadesk_connections_told_removed after delete on ${connections}
for each row begin${count("old", 1)}
  update ${counts} set forgotten = max(forgotten, coalesce((select max(change) ${old}), 0)) where workspace_id = old.workspace_id;
  delete ${old};
end`,
  ];
}

// A statement of many rows gives their numbers at once. Only a trigger for each row can leave heartbeats out. All of them wait for their rows
// first and for the count of the workspace last, so that no two wait for each other.
function postgresTriggers(words: SchemaWords): readonly string[] {
  const { table, channel } = words;
  const began = beginning(words);
  const [connections, changes, counts, records] = ["connections", "connection_changes", "change_counts", "records"].map(table);
  const [ofRows, ofChange, ofSettings] = ["tell_connections", "tell_changed_connection", "tell_settings"].map(table);
  const functionOf = (name: string | undefined, body: string): string =>
    `create function ${name}() returns trigger language plpgsql as ${literal(`
begin${body}
  return null;
end
`)}`;
  const told = `pg_notify(${literal(channel ?? "")}, 'connections ' || workspace_id)`;
  return [
    functionOf(
      ofRows,
      `
  with asked as (
    select workspace_id, count(*) as many, case tg_op when 'DELETE' then count(*) else 0 end as gone, ${began} as began
    from changed group by workspace_id
  ), told as (
    insert into ${counts} as own (workspace_id, last, removals, forgotten)
    select workspace_id, began + many, gone, began from asked order by workspace_id collate "C"
    on conflict (workspace_id) do update
      set last = own.last + excluded.last - excluded.forgotten, removals = own.removals + excluded.removals
    returning workspace_id, last, removals
  )
  insert into ${changes} (workspace_id, connection_id, change, removal)
  select workspace_id, id, last + 1 - place, case tg_op when 'DELETE' then removals + 1 - place else 0 end from (
    select told.workspace_id, changed.id, told.last, told.removals,
      row_number() over (partition by told.workspace_id order by changed.created_at desc, changed.id desc) as place
    from changed join told on told.workspace_id = changed.workspace_id
  ) as placed
  on conflict (workspace_id, connection_id) do update set change = excluded.change, removal = excluded.removal;
  perform ${told} from (select distinct workspace_id from changed) as each;
  if tg_op = 'DELETE' then
    with old as (
      delete from ${changes} as own using ${counts} as told
      where told.workspace_id in (select workspace_id from changed) and own.workspace_id = told.workspace_id
        and own.removal > 0 and own.removal <= told.removals - ${REMOVALS}
      returning own.workspace_id, own.change
    )
    update ${counts} as told set forgotten = greatest(told.forgotten, latest.change)
    from (select workspace_id, max(change) as change from old group by workspace_id) as latest where latest.workspace_id = told.workspace_id;
  end if;`,
    ),
    functionOf(
      ofChange,
      `
  with told as (
    insert into ${counts} as own (workspace_id, last, removals, forgotten) select new.workspace_id, began + 1, 0, began
    from (select ${began} as began) as time
    on conflict (workspace_id) do update set last = own.last + 1
    returning last
  )
  insert into ${changes} (workspace_id, connection_id, change, removal) select new.workspace_id, new.id, last, 0 from told
  on conflict (workspace_id, connection_id) do update set change = excluded.change, removal = 0;
  perform ${told} from (select new.workspace_id) as each;`,
    ),
    functionOf(
      ofSettings,
      `
  perform pg_notify(${literal(channel ?? "")}, 'settings');`,
    ),
    `create trigger wadesk_connections_told_added after insert on ${connections}
referencing new table as changed for each statement execute function ${ofRows}()`,
    `create trigger wadesk_connections_told_removed after delete on ${connections}
referencing old table as changed for each statement execute function ${ofRows}()`,
    `create trigger wadesk_connections_told_changed after update of version, is_primary on ${connections}
for each row when ${CHANGED} execute function ${ofChange}()`,
    `create trigger wadesk_records_told after insert or update on ${records}
for each row when (new.namespace = 'settings/') execute function ${ofSettings}()`,
  ];
}
