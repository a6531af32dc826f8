import { randomInt } from "node:crypto";
import type { Claim, ClaimRequest, InboxStore } from "@wadesk/core/ports";
import { and, asc, eq, gt, inArray, isNotNull, isNull, lte, type SQL, sql } from "drizzle-orm";
import { stored } from "./columns.ts";
import { type Database, rowsOf, transaction } from "./database.ts";
import { eventOf, reasonText } from "./event-text.ts";
import { NEXT, notBehind, OPEN, settle } from "./inbox-queues.ts";
import { inbox, queues } from "./schema.ts";
import { goOn, type ReadyLine, type Round, type Share, shareOut } from "./turns.ts";

interface Due extends Partial<ReadyLine> {
  readonly orderKey: string;
}

/** Hands events out: one whose lease ended by itself, all others in turns. Where the last claim ended is this process's own business. */
export function drizzleClaim(db: Database): InboxStore["claim"] {
  // anywhere, so that processes that live for one claim pass nobody over
  let round: Round = { lane: String(randomInt(2 ** 47) * 65_536), lines: new Map() };
  return async (request) => {
    for (;;) {
      const { found, claims } = await transaction(db, async (tx) => {
        const ended = await lockEnded(tx, request);
        if (ended.length > 0) return { found: 1, claims: await hold(tx, ended, request, true) };
        const { limit, now } = request;
        await makeReady(tx, now);
        const ready = await lockReady(tx, request, await shareOut(tx, limit, round));
        round = goOn(round, ready.filter(isInTurn), ready.length >= limit);
        return { found: ready.length, claims: await hold(tx, ready, request, false) };
      });
      const unreadable = claims.filter(({ event }) => event.route === "");
      for (const claim of unreadable)
        await settle(db, claim, { state: "dead", endedAt: request.now, reason: reasonText("what is stored of it cannot be read") });
      const readable = claims.filter(({ event }) => event.route !== "");
      if (readable.length > 0 || unreadable.length === 0 || found === 0) return readable;
    }
  };
}

function isInTurn(due: Due): due is Due & ReadyLine {
  return due.lane !== undefined && due.line !== undefined;
}

/** The queue whose lease ended first. Whether its process died or was only slow, nobody knows. */
async function lockEnded(tx: Database, { types, limit, now }: ClaimRequest): Promise<readonly Due[]> {
  const head = tx
    .select({ type: inbox.type })
    .from(inbox)
    .where(and(eq(inbox.orderKey, queues.orderKey), OPEN))
    .orderBy(inbox.position)
    .limit(1)
    .as("head");
  return tx
    .select({ orderKey: queues.orderKey })
    .from(queues)
    .innerJoinLateral(head, types === undefined ? sql`true` : inArray(head.type, [...types]))
    .where(and(isNotNull(queues.token), lte(queues.dueAt, now), notBehind()))
    .orderBy(asc(queues.dueAt))
    .limit(Math.min(limit, 1))
    .for("update", { of: queues, skipLocked: true });
}

/** What failed and is due again takes its turn with the rest; so many at a time that no claim takes long. */
async function makeReady(tx: Database, now: number): Promise<void> {
  const overdue = await tx
    .select({ orderKey: queues.orderKey })
    .from(queues)
    .where(and(isNull(queues.token), gt(queues.dueAt, 0), lte(queues.dueAt, now)))
    .orderBy(asc(queues.dueAt))
    .limit(256)
    .for("update", { skipLocked: true });
  if (overdue.length > 0)
    await tx
      .update(queues)
      .set({ dueAt: 0 })
      .where(inArray(queues.orderKey, keysOf(overdue)));
}

/** Queues that are ready, in turns, and by their age where there is room left. Those that another process is at are passed over, not waited for. */
async function lockReady(tx: Database, { types, limit }: ClaimRequest, shares: readonly Share[]): Promise<readonly Due[]> {
  if (shares.length === 0 || limit <= 0) return [];
  const wanted = types === undefined ? sql`true` : sql`head.type = any(${sql.param([...types])}::text[])`;
  const ready = (where: SQL, most: SQL): SQL => sql`
    select q.order_key, q.lane, q.line, q.turn from wadesk_inbox_queues as q
    cross join lateral (
      select i.type from wadesk_inbox as i where i.order_key = q.order_key and i.state in ('waiting', 'running') order by i.position limit 1
    ) as head
    where q.due_at = 0 and ${where} and ${wanted} and ${notBehind(sql`q.behind`)} order by q.turn limit ${most} for update of q skip locked`;
  const list = JSON.stringify(shares);
  const rows = await rowsOf<{ order_key: string; lane: string | null; line: string | null }>(
    tx,
    sql`
    with shares as materialized (
      select lane::bigint, line::bigint, count, "lanePlace" as lane_place, "linePlace" as line_place
      from jsonb_to_recordset(${list}::jsonb) as s (lane text, line text, count int, "lanePlace" int, "linePlace" int)
    ), shared as materialized (
      select h.*, s.lane_place, s.line_place, row_number() over (partition by s.lane_place, s.line_place order by h.turn) as round
      from shares as s cross join lateral (${ready(sql`q.lane = s.lane and q.line = s.line`, sql`s.count`)}) as h
    ), oldest as materialized (
      ${ready(sql`true`, sql`case when (select count(*) from shared) < ${limit} then ${limit}::int else 0 end`)}
    ), found as (
      select order_key, lane, line, 1 as lot, row_number() over (partition by lane_place order by round, line_place) as round, lane_place
      from shared
      union all
      select order_key, null, null, 2, turn, 0 from oldest where order_key not in (select order_key from shared)
    )
    select order_key, lane::text as lane, line::text as line from found order by lot, round, lane_place limit ${limit}`,
  );
  return rows.map(({ order_key, lane, line }) => ({ orderKey: order_key, ...(lane !== null && line !== null && { lane, line }) }));
}

/** Takes the first event of each of these queues, which are locked. */
async function hold(tx: Database, due: readonly Due[], { leaseMs, now, types }: ClaimRequest, ended: boolean): Promise<Claim[]> {
  if (due.length === 0) return [];
  const ofThem = keysOf(due);
  // looked up only now that the queues are ours: what was first may have been completed in between
  const heads = await tx
    .selectDistinctOn([inbox.orderKey], { position: inbox.position, type: inbox.type })
    .from(inbox)
    .where(and(inArray(inbox.orderKey, ofThem), OPEN))
    .orderBy(inbox.orderKey, inbox.position);
  const positions = heads.flatMap(({ type, position }) => (types?.includes(type) === false ? [] : position));
  const alone = tx.select({ alone: queues.alone }).from(queues).where(eq(queues.orderKey, inbox.orderKey));
  const running = await tx
    .update(inbox)
    .set({
      state: "running",
      attempt: sql`${inbox.attempt} + 1`,
      ...(ended && { deaths: sql`${inbox.deaths} + case when ${inbox.state} = 'running' and not (${alone}) then 1 else 0 end` }),
    })
    .where(inArray(inbox.position, positions))
    .returning();
  const held = keysOf(running);
  const leases = await tx
    .update(queues)
    .set({ dueAt: Math.ceil(now + leaseMs), token: NEXT, alone: false })
    .where(inArray(queues.orderKey, held))
    .returning({ orderKey: queues.orderKey, token: queues.token });
  const tokens = new Map(leases.map(({ orderKey, token }) => [orderKey, token]));
  const claims = running.flatMap((row): (Claim & { readonly orderKey: string })[] => {
    const token = tokens.get(row.orderKey) ?? undefined;
    return token === undefined ? [] : [{ event: eventOf(row), attempt: row.attempt, deaths: row.deaths, token, orderKey: row.orderKey }];
  });
  const byKey = new Map(claims.map(({ orderKey, ...claim }) => [orderKey, claim]));
  return due.flatMap(({ orderKey }) => byKey.get(orderKey) ?? []);
}

function keysOf(rows: readonly Due[]): SQL {
  return stored(rows.map(({ orderKey }) => orderKey));
}
