import { type Statement, statement } from "../sql/statement.ts";

/** A stored value. */
export interface ValueRow {
  readonly key: string;
  readonly value: Uint8Array;
  readonly expires_at: number | string | null;
}

/** Where a record is; `name` is JSON of a namespace and key that are not stored as they are. */
export interface NameRow {
  readonly namespace: string;
  readonly key: string;
  readonly name: string | null;
  readonly expires_at: number | string | null;
}

/** `keys` is a list of lists of one. */
export const GET: Statement<{ namespace: string; keys: string; now: number }, ValueRow> = statement(
  ({ sql, table, value, words }) => sql`
    select record.key, record.value, record.expires_at from ${table("records")} as record
    where record.namespace = ${value("namespace")} and record.key in (select each.value ->> 0 from ${words.each(value("keys"))})
    and (record.expires_at is null or record.expires_at > ${value("now")})`,
);

/** The same of one key, as every webhook asks for its channel's settings: without a list to take apart. */
export const GET_ONE: Statement<{ namespace: string; key: string; now: number }, ValueRow> = statement(
  ({ sql, table, value }) => sql`
    select record.key, record.value, record.expires_at from ${table("records")} as record
    where record.namespace = ${value("namespace")} and record.key = ${value("key")}
    and (record.expires_at is null or record.expires_at > ${value("now")})`,
);

/** `values` is a list of key, hexadecimals, end and name. */
export const PUT: Statement<{ namespace: string; values: string }, unknown> = statement(
  ({ sql, table, value, words }) => sql`
    insert into ${table("records")} (namespace, key, value, expires_at, name)
    select cast(${value("namespace")} as text), each.value ->> 0, ${words.fromHex(sql`each.value ->> 1`)},
      cast(each.value ->> 2 as bigint), each.value ->> 3
    from ${words.each(value("values"))} where true
    on conflict (namespace, key) do update set value = excluded.value, expires_at = excluded.expires_at, name = excluded.name`,
);

/** `keys` is a list of lists of one. */
export const DELETE: Statement<{ namespace: string; keys: string }, unknown> = statement(
  ({ sql, table, value, words }) => sql`
    delete from ${table("records")}
    where namespace = ${value("namespace")} and key in (select each.value ->> 0 from ${words.each(value("keys"))})`,
);

/** Also in the place of one that has expired. */
export const INSERT: Statement<
  { namespace: string; key: string; value: string; expiresAt: number | undefined; name: string | undefined; now: number },
  unknown
> = statement(
  ({ sql, table, value, words }) => sql`
    insert into ${table("records")} as record (namespace, key, value, expires_at, name)
    values (${value("namespace")}, ${value("key")}, ${words.fromHex(value("value"))}, ${value("expiresAt")}, ${value("name")})
    on conflict (namespace, key) do update set value = excluded.value, expires_at = excluded.expires_at, name = excluded.name
    where record.expires_at <= ${value("now")}
    returning key`,
);

/** Removes a record, and answers it. */
export const TAKE: Statement<{ namespace: string; key: string }, ValueRow> = statement(
  ({ sql, table, value }) => sql`
    delete from ${table("records")} where namespace = ${value("namespace")} and key = ${value("key")}
    returning key, value, expires_at`,
);

/** After a namespace and key, up to the end of the range. */
export const SCAN: Statement<{ namespace: string; key: string; from: string; until: string; now: number; limit: number }, NameRow> =
  statement(
    ({ sql, table, value }) => sql`
    select namespace, key, name, expires_at from ${table("records")}
    where namespace >= ${value("from")} and namespace < ${value("until")} and (namespace, key) > (${value("namespace")}, ${value("key")})
    and (expires_at is null or expires_at > ${value("now")})
    order by namespace, key limit ${value("limit")}`,
  );

interface Listing {
  readonly namespace: string;
  readonly from: string;
  readonly until: string;
  readonly now: number;
  readonly limit: number;
}

const listing = (whereTo: "from the beginning" | "after a key"): Statement<Listing & { key: string }, Omit<NameRow, "namespace">> =>
  statement(
    ({ sql, table, value }) => sql`
    select key, name, expires_at from ${table("records")}
    where namespace = ${value("namespace")} and key >= ${value("from")} and key < ${value("until")}
    ${whereTo === "after a key" ? sql`and key > ${value("key")}` : sql``}
    and (expires_at is null or expires_at > ${value("now")})
    order by key limit ${value("limit")}`,
  );

/** The keys of one namespace within a range. */
export const LIST: ReturnType<typeof listing> = listing("from the beginning");

/** The same, after a key. */
export const LIST_AFTER: ReturnType<typeof listing> = listing("after a key");

/** Removes a range of namespaces. */
export const CLEAR: Statement<{ from: string; until: string }, unknown> = statement(
  ({ sql, table, value }) => sql`delete from ${table("records")} where namespace >= ${value("from")} and namespace < ${value("until")}`,
);

/** Forgets what has expired. */
export const PRUNE: Statement<{ now: number; limit: number }, unknown> = statement(
  ({ sql, table, value }) => sql`
    delete from ${table("records")} where (namespace, key) in (
      select namespace, key from ${table("records")} where expires_at <= ${value("now")} order by expires_at limit ${value("limit")}
    )
    returning key`,
);
