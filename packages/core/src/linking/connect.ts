import { removeLate, removeTraces } from "../connections/remove-traces.ts";
import { updateConnection } from "../connections/update.ts";
import { rowOf, viewOf } from "../connections/view.ts";
import { storableValue } from "../encoding/storable.ts";
import type { Engine } from "../engine/engine.ts";
import { isWadeskError, WadeskError } from "../errors/wadesk-error.ts";
import { invalidField } from "../fields/invalid.ts";
import type { Connection } from "../model/connection.ts";
import { channelOf } from "../ports/installed-channel.ts";
import type { ConnectionChange } from "../ports/stores/connection-store.ts";
import type { SessionLease } from "../ports/stores/session-store.ts";
import { readId, readKind } from "../requests/read-requests.ts";
import { messageOf } from "../runtime/live.ts";
import { REPLACED_SECRET_LIFE_MS } from "../vault/connection-secrets.ts";
import { doesNotOpen } from "../vault/vault.ts";
import { voiceWriter } from "../voices/voice-writer.ts";
import { duringAttempt, endAbandonedOf } from "./attempts.ts";
import { accountOf, type Linked, link, refuseChanged, speakerIn } from "./link.ts";
import type { LinkWork } from "./linking.ts";
import { settleSecret } from "../connections/settle-secret.ts";

/** Links a first number: a pending row is there from the start, and is removed again when anything fails. */
export function connect(engine: Engine, workspaceId: string, kind: string, given: unknown, connectionId: string): LinkWork {
  return endedByStop(engine, kind, async (show, controller) => {
    const channel = channelOf(engine.channels, readKind(kind));
    const { label, input } = splitLabel(given);
    const row = pendingRow(engine, { workspaceId, kind, connectionId, label });
    return duringAttempt(engine, row, async () => {
      try {
        await insert(engine, row, channel.maxPerWorkspace);
        engine.live.emit("connection.changed", { connection: viewOf(engine, row) });
        return await link({ engine, row, input, show, controller, existing: false }, (linked) => storeFirst(engine, row, linked));
      } catch (error) {
        await cleanUp(engine, row);
        // whoever removed or disconnected it meanwhile has cancelled it
        throw isWadeskError(error, "connection_not_found") ? new WadeskError("linking_cancelled") : error;
      }
    });
  });
}

// whoever pairs a number may take minutes, in which a client that stops must not keep its heartbeat
function endedByStop(engine: Engine, kind: string, work: LinkWork): LinkWork {
  return async (show, controller) => {
    const { attempts } = engine.kept;
    const done = work(show, controller);
    if (engine.channels.get(kind)?.session !== undefined) attempts.set(controller, done);
    return done.finally(() => attempts.delete(controller));
  };
}

async function insert(engine: Engine, row: Connection, limit: number | undefined): Promise<void> {
  const { connections } = engine.storage;
  let inserted = await connections.insert(row, limit);
  // attempts whose process ended are no connections
  if (inserted === "limit_reached" && (await endAbandonedOf(engine, row)) > 0) inserted = await connections.insert(row, limit);
  if (inserted !== "inserted") throw new WadeskError(inserted === "limit_reached" ? "limit_reached" : "conflict");
}

async function cleanUp(engine: Engine, row: Connection): Promise<void> {
  try {
    await removeTraces(engine, row, "fresh");
  } catch (error) {
    // the reason of the failed attempt is what the caller must see
    engine.runtime.log.error(
      { connectionId: row.id, reason: messageOf(error) },
      "a failed connection attempt could not be removed; upkeep removes it",
    );
  }
}

/** Gives a connection new credentials. Until they are proven, the old ones stay in force. */
export function reconnect(engine: Engine, workspaceId: string, id: string, kind: string, input: unknown): LinkWork {
  return endedByStop(engine, kind, async (show, controller) => {
    readId(id, "connection");
    const wanted = readKind(kind);
    const row = await rowOf(engine, workspaceId, id);
    if (row.channel !== wanted)
      throw invalidField("kind", `${id} is a connection of ${row.channel}`, "not_one_of", { options: row.channel });
    // two reconnects of one connection at once must not leave one's secret beside the other's number
    const store = (linked: Linked): Promise<Connection> => engine.locks.during(`reconnect/${id}`, () => storeAgain(engine, row, linked));
    const again = (): Promise<Connection> => link({ engine, row, input, show, controller, existing: true }, store);
    // one that never came to be linked is a first attempt once more
    return row.connectedAt === undefined ? duringAttempt(engine, row, again) : again();
  });
}

async function storeAgain(engine: Engine, row: Connection, linked: Linked): Promise<Connection> {
  const { id, workspaceId, channel } = row;
  const owner = { connectionId: id, channel };
  const current = refuseChanged(engine, row, await rowOf(engine, workspaceId, id));
  const now = engine.time.now();
  await keepFormerVoices(engine, row);
  await keepNewVoices(engine, row, linked);
  // the records of a number that was paired again are in force from here on: what fails after it leaves a session that works
  const lease = await linked.session?.settle(current);
  const replacement = await engine.locks
    .during(`connection/${id}`, (fence) => engine.secrets.replace(owner, linked.connected.secret, now, fence))
    .catch(async (error: unknown) => {
      await linked.session?.restore();
      throw error;
    });
  try {
    await updateConnection(engine, workspaceId, id, (current) =>
      connectedChange(engine, refuseChanged(engine, row, current), linked, lease),
    );
  } catch (error) {
    if (isWadeskError(error, "connection_not_found")) await removeLate(engine, row);
    // after a storage's own error the new credentials stay: the row may have been written, and they are proven; so they do where another process has the
    // session by now, which works with them
    else if (isWadeskError(error) && !isWadeskError(error, "lease_lost")) {
      await engine.locks.during(`connection/${id}`, (fence) => engine.secrets.restore(owner, replacement, fence));
      await linked.session?.restore();
      // it never counted, and each that stays takes the place of one that does
      await settleSecret(engine, row, 0);
    }
    throw error;
  }
  await settleSecret(engine, row, REPLACED_SECRET_LIFE_MS);
  const connection = await asPrimary(engine, row);
  await adopt(linked, lease);
  return connection;
}

async function keepNewVoices(engine: Engine, row: Connection, { connected: { speaker, secret } }: Linked): Promise<void> {
  await voiceWriter(engine, row.channel)?.keepVoices(engine, row, speaker, secret);
}

// the secret that is replaced goes on speaking for a day, also where it was there before anybody kept a list of those that do
async function keepFormerVoices(engine: Engine, row: Connection): Promise<void> {
  // one that does not open any more speaks no more either, and a reconnect is the way out of that
  const secret = await engine.secrets.read({ connectionId: row.id, channel: row.channel }).catch((error: unknown) => {
    if (!doesNotOpen(error)) throw error;
  });
  if (secret !== undefined) await voiceWriter(engine, row.channel)?.keepProvenVoices(engine, row, secret);
}

async function storeFirst(engine: Engine, row: Connection, linked: Linked): Promise<Connection> {
  await engine.secrets.write({ connectionId: row.id, channel: row.channel }, linked.connected.secret);
  await keepNewVoices(engine, row, linked);
  const lease = await linked.session?.settle(row);
  const changeOf = (current: Connection): ConnectionChange => connectedChange(engine, refuseChanged(engine, row, current), linked, lease);
  await updateConnection(engine, row.workspaceId, row.id, changeOf);
  const connection = await asPrimary(engine, row);
  await adopt(linked, lease);
  return connection;
}

// the first one connected is the primary one; where there is one, nothing changes
async function asPrimary(engine: Engine, { workspaceId, channel, id }: Connection): Promise<Connection> {
  await engine.storage.connections.setPrimary(workspaceId, channel, id, "if-none");
  return updateConnection(engine, workspaceId, id, () => undefined);
}

// last: from here on the session that linking opened is the connection's
async function adopt({ session, connected }: Linked, lease: SessionLease | undefined): Promise<void> {
  if (session !== undefined && lease !== undefined) await session.adopt(lease, connected.session);
}

function connectedChange(
  engine: Engine,
  current: Connection,
  { connected, warnings, region }: Linked,
  lease: SessionLease | undefined,
): ConnectionChange {
  const now = engine.time.now();
  if (lease !== undefined && current.epoch > lease.token) throw new WadeskError("lease_lost");
  return {
    ...accountOf(connected.account),
    ...speakerIn(connected),
    ...(connected.phone !== undefined && { phone: connected.phone }),
    ...(region !== undefined && { region }),
    route: connected.route,
    label: current.label || (connected.defaultLabel ?? connected.phone ?? current.id),
    details: storableValue(connected.details),
    ...((connected.facts ?? current.facts) && { facts: connected.facts ?? {} }),
    warnings: storableValue(warnings),
    // new credentials do not lift what the vendor put on the number
    status: { state: "connected", since: now, ...(current.status.restriction && { restriction: current.status.restriction }) },
    connectedAt: now,
    lastSeenAt: now,
    // what the socket of linking says is not of a former session
    epoch: lease?.token ?? current.epoch + 1,
  };
}

function splitLabel(given: unknown): { readonly label: string | undefined; readonly input: unknown } {
  if (typeof given !== "object" || given === null || !("label" in given)) return { label: undefined, input: given };
  const { label, ...input } = given;
  if (label === undefined) return { label, input };
  if (typeof label !== "string") throw invalidField("label", "must be a text", "wrong_type", { expected: "text" });
  return { label: label.trim() === "" ? undefined : label.trim(), input };
}

interface Place {
  readonly workspaceId: string;
  readonly kind: string;
  readonly connectionId: string;
  readonly label: string | undefined;
}

function pendingRow(engine: Engine, { workspaceId, kind, connectionId, label }: Place): Connection {
  const now = engine.time.now();
  return {
    id: connectionId,
    workspaceId,
    channel: kind,
    // holds the place until the channel knows whose events it will get
    route: `pending:${connectionId}`,
    label: label ?? "",
    primary: false,
    status: { state: "pending", reason: "verifying", since: now },
    details: {},
    warnings: [],
    createdAt: now,
    epoch: 0,
    version: 0,
  };
}
