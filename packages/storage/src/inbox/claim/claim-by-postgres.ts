import { type Statement, type StatementKit, statement } from "../../sql/statement.ts";
import { endedHead, type Filter, type HeadRow, headsWhere, holding, isDue, isOfOne, oldestHeads, type Wanted } from "./heads.ts";

type Part = ReturnType<StatementKit<Wanted>["value"]>;

/**
 * Holds what `picked` is: order key, position, and lot, round and place, by which it is ordered. What was picked may be of the past, when its queue was
 * released meanwhile: its event is looked at again, under the queue's lock.
 */
function take(kit: StatementKit<Wanted>): Part {
  const { sql, table } = kit;
  return sql`
    taken as materialized (
      select p.order_key, p.lot, p.round, p.place, i.key, i.workspace_id, i.connection_id, i.position, i.event
      from ${table("inbox")} as i join picked as p on i.position = p.position where i.state = 'open' for update of i
    ), held as (
      update ${table("inbox_queues")} as q set ${holding(kit, sql`t.position`)} from taken as t where q.order_key = t.order_key
      returning t.*, q.attempts, q.deaths, q.open, q.lane, q.line
    )
    select key, order_key, workspace_id, connection_id, event, attempts, deaths, open,
      case when lot = 1 then lane end as lane, case when lot = 1 then line end as line
    from held order by lot, round, place`;
}

const claimEnded = (filter: Filter): Statement<Wanted, HeadRow> =>
  statement(
    (kit) => kit.sql`
      with ended as materialized (${endedHead(kit, filter, kit.sql`q.order_key, h.position`)}), picked as (select *, 2 as lot, 1 as round, 1 as place from ended), ${take(kit)}`,
  );

const claimShares = (filter: Filter): Statement<Wanted, HeadRow> =>
  statement((kit) => {
    const { sql, words, value } = kit;
    const ofShare = sql`q.due_at = 0 and q.lane = s.lane and q.line = s.line`;
    const heads = sql`
      select q.order_key, h.position, q.turn ${headsWhere(kit, filter, "wadesk_inbox_queues_ready", ofShare)}
      order by q.turn limit s.count ${words.forUpdateSkipping(sql`q`)}`;
    const room = sql`(select count(*) from heads) < ${value("limit")}`;
    return sql`
      with shares as materialized (
        select cast(each.value ->> 0 as bigint) as lane, cast(each.value ->> 1 as bigint) as line, cast(each.value ->> 2 as integer) as count,
          cast(each.value ->> 3 as integer) as lane_place, cast(each.value ->> 4 as integer) as line_place
        from ${words.each(value("shares"))}
      ), heads as materialized (
        select s.lane_place, s.line_place, h.order_key, h.position,
          row_number() over (partition by s.lane_place, s.line_place order by h.turn, h.order_key) as round
        from shares as s cross join lateral (${heads}) as h
      ), oldest as materialized (${oldestHeads(kit, filter, sql`q.order_key, h.position, q.turn`, room)}), found as (
        select order_key, position, 1 as lot, row_number() over (partition by lane_place order by round, line_place) as round, lane_place as place
        from heads
        union all
        select o.order_key, o.position, 2, o.turn, 0 from oldest as o where not exists (select 1 from heads where heads.order_key = o.order_key)
      ), picked as materialized (select * from found order by lot, round, place limit ${value("limit")}), ${take(kit)}`;
  });

// where there is more to think of than what is ready, or whose turn it is, nothing is claimed
const claimOldest = (filter: Filter): Statement<Wanted, HeadRow> =>
  statement((kit) => {
    const { sql, value } = kit;
    const turns = sql`cast(${value("crowd")} as integer) = 1 and not ${isOfOne(kit)}`;
    const calm = sql`not (${isDue(kit, "held")} or ${isDue(kit, "resting")} or (${turns}))`;
    return sql`
      with oldest as materialized (${oldestHeads(kit, filter, sql`q.order_key, h.position, q.turn`, calm)}),
      picked as (select order_key, position, 2 as lot, turn as round, 0 as place from oldest), ${take(kit)}`;
  });

/** Claims on PostgreSQL, each in one statement, so that no other process waits for an answer of this one. */
export const CLAIM_ENDED: Readonly<Record<Filter, Statement<Wanted, HeadRow>>> = { every: claimEnded("every"), some: claimEnded("some") };

/** The same for what is ready, by its age, and only where there are no turns to take, no lease has ended and nothing is to be tried again. */
export const CLAIM_OLDEST: Readonly<Record<Filter, Statement<Wanted, HeadRow>>> = {
  every: claimOldest("every"),
  some: claimOldest("some"),
};

/** The same for what is ready, by its shares. */
export const CLAIM_SHARES: Readonly<Record<Filter, Statement<Wanted, HeadRow>>> = {
  every: claimShares("every"),
  some: claimShares("some"),
};
