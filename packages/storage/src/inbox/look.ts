import type { DeadLetter, InboxCounts, Page, PageRequest } from "@wadesk/core";
import type { InboxState, KeptEvent } from "@wadesk/core/ports";
import { pageOf, readCursor } from "../sql/cursor.ts";
import type { SqlDatabase } from "../sql/database.ts";
import { keyText } from "../sql/key-text.ts";
import { type Statement, type StatementKit, statement } from "../sql/statement.ts";
import { notBehind } from "./claim/heads.ts";
import { type EventPlace, eventOf, listOf, textIn } from "./event-row.ts";

type Run = SqlDatabase["run"];
type Part = ReturnType<StatementKit<object>["value"]>;
type Ended = "done" | "dead";

interface StateRow {
  readonly key: string;
  readonly state: "open" | Ended;
  readonly running: number;
}

/** Whether the event `i` is the one that the claim of its queue `q` holds: 1 or 0. */
function running({ sql }: Pick<StatementKit<object>, "sql">): Part {
  return sql`case when i.state = 'open' and q.token <> 0 and q.head = i.position then 1 else 0 end as running`;
}

const STATES = statement<{ keys: string }, StateRow>(
  (kit) => kit.sql`
    select i.key, i.state, ${running(kit)} from ${kit.words.each(kit.value("keys"))}
    join ${kit.table("inbox")} as i on i.key = each.value ->> 0
    left join ${kit.table("inbox_queues")} as q on q.order_key = i.order_key`,
);

/** What becomes of each key. */
export async function readStates(run: Run, keys: readonly string[]): Promise<ReadonlyMap<string, InboxState>> {
  if (keys.length === 0) return new Map();
  const rows = await run(STATES, { keys: listOf(keys.map((key) => [keyText(key)])) });
  const states = new Map(rows.map((row) => [row.key, stateOf(row)]));
  return new Map(keys.map((key) => [key, states.get(keyText(key)) ?? "absent"]));
}

const NEXT_DUE = statement<object, { due: number | string | null }>(
  (kit) => kit.sql`
    select q.due_at as due from ${kit.table("inbox_queues")} as q ${kit.words.indexedBy("wadesk_inbox_queues_due")}
    where q.open > 0 and q.due_at >= 0 and ${notBehind(kit)} order by q.due_at limit 1`,
);

/** When the next queue is due; 0 when one is ready. */
export async function readNextDue(run: Run): Promise<number | undefined> {
  const due = (await run(NEXT_DUE, {}))[0]?.due ?? undefined;
  return due === undefined ? undefined : Number(due);
}

interface OfWorkspace {
  readonly workspace: string | undefined;
}

const countsWhere = (where: (kit: StatementKit<OfWorkspace>) => Part): Statement<OfWorkspace, { state: string; count: number | string }> =>
  statement((kit) => {
    const { sql, table } = kit;
    return sql`
      select i.state, count(*) as count from ${table("inbox")} as i where ${where(kit)} group by i.state
      union all
      select 'running', count(*) from ${table("inbox_queues")} as q join ${table("inbox")} as i on i.position = q.head
      where q.open > 0 and q.token <> 0 and i.state = 'open' and ${where(kit)}`;
  });
const COUNTS = countsWhere(({ sql }) => sql`1 = 1`);
const COUNTS_OF = countsWhere(({ sql, value }) => sql`i.workspace_id = ${value("workspace")}`);

/** How many events are in each state, by one statement, so that the numbers are of one moment. */
export async function readCounts(run: Run, workspaceId: string | undefined): Promise<InboxCounts> {
  const input = { workspace: workspaceId && keyText(workspaceId) };
  const rows = await run(workspaceId === undefined ? COUNTS : COUNTS_OF, input);
  const counts = Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
  const { open = 0, running: held = 0, done = 0, dead = 0 } = counts;
  return { waiting: open - held, running: held, done, dead };
}

interface PageInput extends OfWorkspace {
  readonly limit: number;
  readonly position: number;
}

const LIST = statement<PageInput, StateRow & EventPlace & { position: number | string }>(
  (kit) => kit.sql`
    select i.key, i.state, i.event, i.order_key, i.workspace_id, i.connection_id, i.position, ${running(kit)} from ${kit.table("inbox")} as i
    left join ${kit.table("inbox_queues")} as q on q.order_key = i.order_key
    where i.workspace_id = ${kit.value("workspace")} and i.state <> 'done' and i.position > ${kit.value("position")}
    order by i.position limit ${kit.value("limit")}`,
);

/** Events of one workspace that are not done, oldest first. */
export async function readList(run: Run, workspaceId: string, { limit, cursor }: PageRequest): Promise<Page<KeptEvent>> {
  const [position] = readCursor(cursor, [0]);
  const rows = await run(LIST, { workspace: keyText(workspaceId), limit: limit + 1, position: position ?? 0 });
  const toKept = (row: (typeof rows)[number]): KeptEvent => ({ event: eventOf(row), state: stateOf(row) as KeptEvent["state"] });
  return pageOf(rows, limit, toKept, (row) => [Number(row.position)]);
}

interface DeadRow extends EventPlace {
  readonly position: number | string;
  readonly ended_at: number | string;
  readonly attempts: number | null;
  readonly reason: string | null;
}

const deadWhere = (
  where: (kit: StatementKit<PageInput & { endedAt: number }>) => Part,
): Statement<PageInput & { endedAt: number }, DeadRow> =>
  statement((kit) => {
    const { sql, table, value } = kit;
    return sql`
      select i.position, i.ended_at, i.key, i.order_key, i.workspace_id, i.connection_id, i.event, i.attempts, i.reason from ${table("inbox")} as i
      where i.state = 'dead' and ${where(kit)} and (i.ended_at, i.position) < (${value("endedAt")}, ${value("position")})
      order by i.ended_at desc, i.position desc limit ${value("limit")}`;
  });
const DEAD = deadWhere(({ sql }) => sql`1 = 1`);
const DEAD_OF = deadWhere(({ sql, value }) => sql`i.workspace_id = ${value("workspace")}`);

/** Dead letters, the newest first. */
export async function readDead(run: Run, workspaceId: string | undefined, page: PageRequest): Promise<Page<DeadLetter>> {
  const { limit, cursor } = page;
  const [endedAt, position] = readCursor(cursor, [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER] as const);
  const input = { workspace: workspaceId && keyText(workspaceId), limit: limit + 1, endedAt, position };
  const rows = await run(workspaceId === undefined ? DEAD : DEAD_OF, input);
  const toLetter = (row: DeadRow): DeadLetter => ({
    event: eventOf(row),
    attempts: row.attempts ?? 0,
    reason: textIn(row.reason),
    diedAt: Number(row.ended_at),
  });
  return pageOf(rows, limit, toLetter, (row) => [Number(row.ended_at), Number(row.position)]);
}

function stateOf(row: StateRow): Exclude<InboxState, "absent"> {
  if (row.state !== "open") return row.state;
  return row.running === 1 ? "running" : "waiting";
}
