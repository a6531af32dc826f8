import type { Engine } from "../../engine/engine.ts";
import type { ErrorCode } from "../../errors/error-table.ts";
import { WadeskError } from "../../errors/wadesk-error.ts";
import type { Connection } from "../../model/connection.ts";
import { channelOf } from "../../ports/installed-channel.ts";
import type { LineGroups } from "../../ports/groups.ts";
import type { Line, ReadMark } from "../../ports/line.ts";
import type { OpenSession } from "../../ports/session.ts";
import { connectionContext, openContext } from "../contexts.ts";

/** The line of a connection, with which one call may be made. */
export interface FoundLine {
  readonly line: Line<unknown>;
  /** What the vendor is asked with; absent where a session was opened with it. */
  readonly secret?: unknown;
  /** Which session a check speaks of; absent where that is the row's own. */
  readonly epoch?: number;
  /** Aborted when the time of the call is over. */
  readonly limit: AbortSignal;
  /** Aborted when the session behind the line is lost; absent where there is none. */
  readonly lost?: AbortSignal;
}

/**
 * Runs work with the line of a connection, whatever kind it is of. Rejects with `not_connected` where there are no credentials, and with
 * `session_elsewhere` or `session_opening` where this process does not keep its session, or not yet; then the work has not begun.
 */
export function duringLine<Result>(engine: Engine, row: Connection, work: (found: FoundLine) => Promise<Result>): Promise<Result> {
  return engine.calls.during(async (limit) => work(await lineOf(engine, row, limit)));
}

/** The line of a connection until the signal ends it; for work on files, which may take longer than a call. Rejects as `duringLine` does. */
export async function lineOf(engine: Engine, row: Connection, limit: AbortSignal): Promise<FoundLine> {
  const { line } = channelOf(engine.channels, row.channel);
  if (line !== undefined) {
    const context = await connectionContext(engine, row, { signal: limit });
    return { line: line(row, context), limit, secret: context.secret };
  }
  const kept = engine.kept.get(row.id);
  if (kept === undefined || kept.signal.aborted) throw await elsewhere(engine, row);
  // a session's own signal is that of its lease, and its channel need not know how long a call may take
  return { line: limitedLine(kept.open.line, [limit, kept.signal]), limit, epoch: kept.lease.token, lost: kept.signal };
}

/** Runs work with the line of a connection that is being undone: its credentials are at hand, and its session may be too. */
export function duringOpened<Result>(
  engine: Engine,
  row: Connection,
  opened: { readonly secret: unknown; readonly session?: OpenSession<unknown> },
  work: (line: Line<unknown>) => Promise<Result>,
): Promise<Result | undefined> {
  return engine.calls.during(async (signal) => {
    const { line } = channelOf(engine.channels, row.channel);
    if (opened.session !== undefined) return work(limitedLine(opened.session.line, [signal]));
    return line === undefined ? undefined : work(line(row, openContext(engine, row, opened.secret, { signal })));
  });
}

async function elsewhere(engine: Engine, row: Connection): Promise<WadeskError> {
  const session = await engine.storage.sessions.find(row.id);
  if (session?.process !== undefined && !engine.presence.is(session.process)) return new WadeskError("session_elsewhere");
  if (session?.wanted) return sessionOpening(engine, row);
  return new WadeskError("not_connected", { detail: `the session of ${row.id} has ended; reconnect it` });
}

/**
 * What is told of a connection whose session comes up by itself. Whoever keeps sessions looks every two seconds; a client that was not started, or was stopped,
 * keeps none, and says so.
 */
export function sessionOpening({ kept }: Engine, { id }: Connection): WadeskError {
  if (kept.isKeeping()) return new WadeskError("session_opening", { detail: id, retryAfterMs: 2000 });
  const detail = `${id}; this client is not started, so it opens none: call start() here, or let the process that keeps sessions open it`;
  return new WadeskError("session_opening", { detail });
}

/** A session's line whose calls end with the first of the signals. */
function limitedLine(line: Line<unknown>, signals: readonly AbortSignal[]): Line<unknown> {
  const { markRead, media, groups } = line;
  return {
    // it may have gone out: nobody must take it for a refusal
    send: (message, work) => until(signals, line.send(message, work), "outcome_unknown"),
    check: () => until(signals, line.check(), "provider_unavailable"),
    disconnect: () => until(signals, line.disconnect(), "provider_unavailable"),
    ...(markRead && { markRead: (mark: ReadMark) => until(signals, markRead(mark), "provider_unavailable") }),
    // each file has a signal of its own, and one that is opened too late must be let go of
    ...(media && { media }),
    ...(groups && { groups: limitedGroups(groups, signals) }),
  };
}

function limitedGroups(groups: LineGroups, signals: readonly AbortSignal[]): LineGroups {
  const within = <Result>(work: Promise<Result>): Promise<Result> => until(signals, work, "provider_unavailable");
  return {
    list: () => within(groups.list()),
    get: (groupId) => within(groups.get(groupId)),
    create: (group) => within(groups.create(group)),
    change: (groupId, edit) => within(groups.change(groupId, edit)),
    leave: (groupId) => within(groups.leave(groupId)),
    invite: (groupId, renew) => within(groups.invite(groupId, renew)),
    join: (invite) => within(groups.join(invite)),
  };
}

function until<Result>(signals: readonly AbortSignal[], work: Promise<Result>, code: ErrorCode): Promise<Result> {
  const over = Promise.withResolvers<never>();
  const giveUp = (): void => over.reject(new WadeskError(code, { detail: "the session ended, or did not answer in time" }));
  for (const signal of signals) {
    if (signal.aborted) giveUp();
    signal.addEventListener("abort", giveUp, { once: true });
  }
  return Promise.race([work, over.promise]).finally(() => {
    for (const signal of signals) signal.removeEventListener("abort", giveUp);
  });
}
