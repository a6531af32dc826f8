import type { Run } from "../../sql/database.ts";
import { type Statement, type StatementKit, statement } from "../../sql/statement.ts";
import { listOf } from "../event-row.ts";
import { endedHead, type Filter, type HeadRow, headsWhere, holding, oldestHeads, type Wanted } from "./heads.ts";
import { type Share, sharesText } from "./share-out.ts";

/** A head and its queue, before it is claimed. */
interface Found extends HeadRow {
  readonly position: number;
  readonly head: number;
  readonly token: number;
  readonly alone: number;
  readonly turn: number;
}

interface ShareInput extends Wanted {
  /** So many at most, of each share. */
  readonly count: number;
}

interface InShare extends Found {
  readonly lane_place: number;
  readonly line_place: number;
}

const columns = ({ sql }: Pick<StatementKit<Wanted>, "sql">): ReturnType<StatementKit<Wanted>["value"]> => sql`
  h.position, h.key, h.order_key, h.workspace_id, h.connection_id, h.event, q.attempts, q.deaths, q.lane, q.line, q.head, q.token, q.alone,
  q.turn, q.open`;

const ended = (filter: Filter): Statement<Wanted, Found> => statement((kit) => endedHead(kit, filter, columns(kit)));
const ENDED = { every: ended("every"), some: ended("some") };

// SQLite knows no lateral joins
const ofShares = (filter: Filter): Statement<ShareInput, InShare> =>
  statement((kit) => {
    const { sql, table, words, value } = kit;
    const ofShare = sql`q.due_at = 0 and q.lane = (each.value ->> 0) and q.line = (each.value ->> 1)`;
    return sql`
      select ${columns(kit)}, each.value ->> 3 as lane_place, each.value ->> 4 as line_place
      from ${words.each(value("shares"))} cross join ${table("inbox_queues")} as q on q.order_key in (
        select q.order_key ${headsWhere(kit, filter, "wadesk_inbox_queues_ready", ofShare)} order by q.turn limit ${value("count")}
      ) cross join ${table("inbox")} as h
      on h.position = (select min(i.position) from ${table("inbox")} as i where i.order_key = q.order_key and i.state = 'open')`;
  });
const OF_SHARES = { every: ofShares("every"), some: ofShares("some") };

const oldest = (filter: Filter): Statement<Wanted, Found> => statement((kit) => oldestHeads(kit, filter, columns(kit)));
const OLDEST = { every: oldest("every"), some: oldest("some") };

const HOLD: Statement<Pick<Wanted, "until" | "token"> & { readonly rows: string }, unknown> = statement((kit) => {
  const { sql, table, words, value } = kit;
  return sql`
    update ${table("inbox_queues")} as q set ${holding(kit, sql`(each.value ->> 1)`)}
    from ${words.each(value("rows"))} where q.order_key = each.value ->> 0`;
});

/** Claims the event whose lease ended first, within a transaction. */
export async function claimEnded(run: Run, wanted: Wanted, filter: Filter): Promise<readonly HeadRow[]> {
  return outOfTurn(await hold(run, wanted, await run(ENDED[filter], wanted)));
}

/** Claims what is ready by its age, within a transaction. */
export async function claimOldest(run: Run, wanted: Wanted, filter: Filter): Promise<readonly HeadRow[]> {
  return outOfTurn(await hold(run, wanted, await run(OLDEST[filter], wanted)));
}

/** Claims what is ready by its shares, within a transaction, and what there is still room for by its age. */
export async function claimShares(run: Run, wanted: Wanted, filter: Filter, shares: readonly Share[]): Promise<readonly HeadRow[]> {
  const found: InShare[] = [];
  for (const [count, all] of Map.groupBy(shares, (share) => share.count))
    found.push(...(await run(OF_SHARES[filter], { ...wanted, count, shares: sharesText(all) })));
  // a turn of each connection of a workspace after the other, and so of each workspace
  const ofLanes = Map.groupBy(inRounds(found), (each) => each.lane_place);
  const inTurn = [...ofLanes.values()]
    .flatMap((all) => all.map((place, round) => ({ place, round })))
    .sort((left, right) => left.round - right.round || left.place.lane_place - right.place.lane_place)
    .slice(0, wanted.limit)
    .map(({ place }) => place);
  const keys = new Set(inTurn.map(({ order_key }) => order_key));
  const more = inTurn.length < wanted.limit ? await run(OLDEST[filter], wanted) : [];
  const others = more.filter(({ order_key }) => !keys.has(order_key)).slice(0, wanted.limit - inTurn.length);
  return [...(await hold(run, wanted, inTurn)), ...outOfTurn(await hold(run, wanted, others))];
}

/** The first of each line, then the second of each, and so on; those of one line in the order in which they became ready. */
function inRounds(places: readonly InShare[]): readonly InShare[] {
  const sorted = places.toSorted((left, right) => left.turn - right.turn || (left.order_key < right.order_key ? -1 : 1));
  return [...Map.groupBy(sorted, (place) => `${place.lane_place} ${place.line_place}`).values()]
    .flatMap((all) => all.map((place, round) => ({ place, round })))
    .sort((left, right) => left.round - right.round || left.place.line_place - right.place.line_place)
    .map(({ place }) => place);
}

function outOfTurn(rows: readonly HeadRow[]): readonly HeadRow[] {
  return rows.map((row) => ({ ...row, lane: null, line: null }));
}

async function hold(run: Run, wanted: Wanted, found: readonly Found[]): Promise<readonly HeadRow[]> {
  if (found.length === 0) return [];
  await run(HOLD, { ...wanted, rows: listOf(found.map(({ order_key, position }) => [order_key, position])) });
  return found.map(held);
}

/** What `holding` made of it. Field by field: a row of SQLite's is slow to copy as a whole. */
function held(row: Found): HeadRow {
  const isSame = row.head === row.position;
  return {
    key: row.key,
    order_key: row.order_key,
    workspace_id: row.workspace_id,
    connection_id: row.connection_id,
    event: row.event,
    attempts: isSame ? row.attempts + 1 : 1,
    deaths: !isSame ? 0 : row.token !== 0 && row.alone <= 0 ? row.deaths + 1 : row.deaths,
    open: row.open,
    lane: row.lane,
    line: row.line,
  };
}
