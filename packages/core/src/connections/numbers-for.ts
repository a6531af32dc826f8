import type { Engine } from "../engine/engine.ts";
import type { ErrorCode } from "../errors/error-table.ts";
import { isWadeskError, WadeskError } from "../errors/wadesk-error.ts";
import type { Connection } from "../model/connection.ts";
import type { Recipient } from "../model/group.ts";
import { pagesOf } from "../ports/stores/pages-of.ts";
import { namedOf, primaryOf, refuseUnconnected } from "./pick-connection.ts";
import { viewOf } from "./view.ts";

/** A connection that a message may go out from. It need not be connected. */
export interface Candidate {
  readonly connection: Connection;
  /** Whether it begins a chat: nothing was said between this number and the contact that is remembered. Known where a channel has a rule for its numbers. */
  readonly opensChat?: boolean;
  /** Whether another one may take the message where this one cannot. */
  readonly isOneOfMany: boolean;
}

/** From where a message goes, and to whom. */
export interface Way {
  readonly from: string | undefined;
  /** A group is written to from the primary number, where none is named: which of them are in it, the rule is not asked. */
  readonly to: Recipient;
}

/**
 * The connections that a message may go out from, the best first: the named one, the primary one, or those that the rule of the channel in force names. Rejects
 * with `no_connection`, `connection_not_found` and `channel_inactive`, and with what the rule throws.
 */
export async function* numbersFor(engine: Engine, workspaceId: string, { from, to }: Way): AsyncGenerator<Candidate, void> {
  const active = await engine.settings.activeChannel();
  const rule = engine.channels.get(active)?.numbers;
  if (rule === undefined || to.groupId !== undefined) {
    const connection = await (from === undefined
      ? primaryOf(engine, workspaceId, active)
      : namedOf(engine, workspaceId, { id: from, active }));
    yield { connection, isOneOfMany: false };
    return;
  }
  const lastId = await engine.lastNumbers.of(workspaceId, to);
  if (from !== undefined) {
    const connection = await namedOf(engine, workspaceId, { id: from, active });
    yield { connection, opensChat: lastId !== from, isOneOfMany: false };
    return;
  }
  const last = lastId === undefined ? undefined : await engine.connectionOf(workspaceId, lastId);
  const tried = new Set<string>();
  const choice = {
    workspaceId,
    to,
    // one of another channel answers nobody here
    last: last?.channel === active ? viewOf(engine, last) : undefined,
    connected: () => connectedOf(engine, workspaceId, active),
  };
  for await (const connection of rule(choice)) {
    refuseStranger(connection, workspaceId, active);
    if (tried.has(connection.id)) continue;
    tried.add(connection.id);
    yield { connection, opensChat: lastId !== connection.id, isOneOfMany: true };
  }
  if (tried.size > 0) return;
  // why there is none stands with the primary one
  refuseUnconnected(engine, await primaryOf(engine, workspaceId, active));
  throw new WadeskError("no_connection", { detail: `none of the numbers of ${active} is free for this message` });
}

/** The best of them that is connected. Rejects as `numbersFor` does, and with why the first of them is not connected. */
export async function numberFor(engine: Engine, workspaceId: string, way: Way): Promise<Connection> {
  let first: Connection | undefined;
  for await (const { connection } of numbersFor(engine, workspaceId, way)) {
    if (connection.status.state === "connected") return connection;
    first ??= connection;
  }
  if (first !== undefined) refuseUnconnected(engine, first);
  throw new WadeskError("no_connection");
}

// a rule of the host's may be wrong; a workspace's messages go out from its own numbers alone
function refuseStranger({ id, workspaceId, channel }: Connection, own: string, active: string): void {
  if (workspaceId === own && channel === active) return;
  throw new WadeskError("configuration_invalid", {
    detail: `the rule for numbers named ${id}, which is not of this workspace and channel`,
  });
}

async function connectedOf(engine: Engine, workspaceId: string, channel: string): Promise<readonly Connection[]> {
  const silenceLimit = engine.channels.get(channel)?.silenceLimitMs;
  const silent = silenceLimit !== undefined && { silentBefore: engine.time.now() - silenceLimit };
  const filter = { channel, states: ["connected"], ...silent } as const;
  const found: Connection[] = [];
  for await (const row of pagesOf((page) => engine.storage.connections.list(workspaceId, filter, page))) {
    const view = viewOf(engine, row);
    if (view.status.state === "connected") found.push(view);
  }
  return found;
}

/** What is wrong with the number that was to send, and not with the message. */
const UNABLE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "not_connected",
  "session_opening",
  "connection_not_found",
  "provider_unavailable",
  "lease_lost",
  "banned",
  "temporarily_banned",
  "locked",
  "client_outdated",
  "encryption_key_unknown",
  "sealed_value_invalid",
]);

/** Whether surely nothing has left, and another number has nothing of what is in this one's way. */
export function isOfTheNumber(error: unknown, { isOneOfMany, opensChat }: Candidate): error is WadeskError {
  if (!isOneOfMany || !isWadeskError(error)) return false;
  // whoever is in a chat waits rather than being written to by another number
  return UNABLE.has(error.code) || (error.code === "pace_limited" && opensChat === true);
}
