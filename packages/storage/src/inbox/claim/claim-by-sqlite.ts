import type { Run } from "../../sql/database.ts";
import { type Statement, statement } from "../../sql/statement.ts";
import { listOf } from "../event-row.ts";
import { endedHead, type Filter, type HeadRow, headsWhere, holding, oldestHeads, type Wanted } from "./heads.ts";
import type { Share } from "./share-out.ts";

interface Place {
  readonly order_key: string;
  readonly position: number;
}

type OfShare = Wanted & Pick<Share, "lane" | "line" | "count">;

const ended = (filter: Filter): Statement<Wanted, Place> => statement((kit) => endedHead(kit, filter));
const ENDED = { every: ended("every"), some: ended("some") };

const ofShare = (filter: Filter): Statement<OfShare, Place> =>
  statement((kit) => {
    const { sql, value } = kit;
    const where = sql`q.due_at = 0 and q.lane = ${value("lane")} and q.line = ${value("line")}`;
    return sql`
      select q.order_key, h.position ${headsWhere(kit, filter, "wadesk_inbox_queues_ready", where)} order by q.turn limit ${value("count")}`;
  });
const OF_SHARE = { every: ofShare("every"), some: ofShare("some") };

const oldest = (filter: Filter): Statement<Wanted, Place> => statement((kit) => oldestHeads(kit, filter, kit.value("limit")));
const OLDEST = { every: oldest("every"), some: oldest("some") };

const HOLD: Statement<Pick<Wanted, "until" | "token"> & { readonly rows: string }, unknown> = statement((kit) => {
  const { sql, table, words, value } = kit;
  return sql`
    update ${table("inbox_queues")} as q set ${holding(kit, sql`(each.value ->> 1)`)}
    from ${words.each(value("rows"))} where q.order_key = each.value ->> 0`;
});

const HELD: Statement<{ readonly rows: string }, HeadRow & { readonly position: number }> = statement(
  ({ sql, table, words, value }) => sql`
    select i.position, i.key, i.order_key, i.workspace_id, i.connection_id, i.event, q.attempts, q.deaths, q.lane, q.line
    from ${words.each(value("rows"))} join ${table("inbox")} as i on i.position = each.value ->> 1
    join ${table("inbox_queues")} as q on q.order_key = i.order_key`,
);

/** Claims the event whose lease ended first, within a transaction. */
export async function claimEnded(run: Run, wanted: Wanted, filter: Filter): Promise<readonly HeadRow[]> {
  return (await hold(run, wanted, await run(ENDED[filter], wanted))).map((row) => ({ ...row, lane: null, line: null }));
}

/** Claims what is ready by its shares, within a transaction, and what there is still room for by its age. */
export async function claimShares(run: Run, wanted: Wanted, filter: Filter, shares: readonly Share[]): Promise<readonly HeadRow[]> {
  const found: { readonly place: Place; readonly share: Share; readonly round: number }[] = [];
  for (const share of shares) {
    const places = await run(OF_SHARE[filter], { ...wanted, ...share });
    for (const [round, place] of places.entries()) found.push({ place, share, round });
  }
  // a turn of each workspace after the other; within a workspace, of each connection
  const turns = [...Map.groupBy(found, ({ share }) => share.lanePlace).values()].flatMap((all) =>
    all
      .toSorted((left, right) => left.round - right.round || left.share.linePlace - right.share.linePlace)
      .map(({ place, share }, turn) => ({ place, turn, lanePlace: share.lanePlace })),
  );
  const inTurn = turns.toSorted((left, right) => left.turn - right.turn || left.lanePlace - right.lanePlace).slice(0, wanted.limit);
  const keys = new Set(inTurn.map(({ place }) => place.order_key));
  const more = inTurn.length < wanted.limit ? await run(OLDEST[filter], wanted) : [];
  const others = more.filter(({ order_key }) => !keys.has(order_key)).slice(0, wanted.limit - inTurn.length);
  const held = await hold(run, wanted, [...inTurn.map(({ place }) => place), ...others]);
  return held.map((row) => (keys.has(row.order_key) ? row : { ...row, lane: null, line: null }));
}

async function hold(run: Run, wanted: Wanted, places: readonly Place[]): Promise<readonly HeadRow[]> {
  if (places.length === 0) return [];
  const rows = listOf(places.map(({ order_key, position }) => [order_key, position]));
  await run(HOLD, { ...wanted, rows });
  const held = new Map((await run(HELD, { rows })).map((row) => [row.position, row]));
  return places.flatMap(({ position }) => held.get(position) ?? []);
}
