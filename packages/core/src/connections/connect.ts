import { channelOf, type Engine } from "../client/engine.ts";
import type { Linking } from "../client/workspace-port.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import { accountOf, type Linked, link } from "../linking/link.ts";
import { startLinking } from "../linking/linking.ts";
import type { Connection } from "../model/connection.ts";
import type { LinkStep } from "../ports/context.ts";
import { removeTraces } from "./remove-traces.ts";
import { updateConnection } from "./update.ts";
import { rowOf } from "./view.ts";

/** Links a first number: a pending row is there from the start, and is removed again when anything fails. */
export function connect(engine: Engine, workspaceId: string, kind: string, given: unknown): Linking<unknown> {
  const connectionId = `con_${engine.runtime.randomId()}`;
  return startLinking(connectionId, async (show, signal) => {
    const channel = channelOf(engine.channels, kind);
    const { label, input } = splitLabel(given);
    const row = pendingRow(engine, { workspaceId, kind, connectionId, label });
    const inserted = await engine.storage.connections.insert(row, channel.maxPerWorkspace);
    if (inserted !== "inserted") throw new WadeskError(inserted === "limit_reached" ? "limit_reached" : "conflict");
    engine.live.emit("connection.changed", { connection: row });
    try {
      return await link({ engine, row, input, show, signal, existing: false }, (linked) => storeFirst(engine, row, linked, label));
    } catch (error) {
      await removeTraces(engine, row);
      throw error;
    }
  });
}

/** Gives a connection new credentials. Until they are proven, the old ones stay in force. */
export function reconnect(engine: Engine, workspaceId: string, id: string, kind: string, input: unknown): Linking<unknown> {
  return startLinking(id, async (show: (step: LinkStep) => void, signal) => {
    const row = await rowOf(engine, workspaceId, id);
    if (row.channel !== kind) {
      const message = `${id} is a connection of ${row.channel}`;
      throw new WadeskError("input_invalid", { issues: [{ field: "kind", message }], detail: message });
    }
    // two reconnects of one connection at once must not leave one's secret beside the other's number
    return link({ engine, row, input, show, signal, existing: true }, (linked) =>
      engine.locks.during(`reconnect/${id}`, () => storeAgain(engine, row, linked)),
    );
  });
}

async function storeAgain(engine: Engine, { id, workspaceId, channel }: Connection, linked: Linked): Promise<Connection> {
  const owner = { connectionId: id, channel };
  const former = await engine.secrets.read(owner);
  await engine.locks.during(`connection/${id}`, async (fence) => {
    const written = await engine.secrets.replace(owner, linked.connected.secret, engine.runtime.clock.now(), fence);
    if (written === "fenced") throw new WadeskError("lease_lost");
  });
  try {
    return await updateConnection(engine, workspaceId, id, (current) => ({
      ...connectedChange(engine, current, linked),
      route: linked.connected.route,
    }));
  } catch (error) {
    await engine.locks.during(`connection/${id}`, (fence) => engine.secrets.write(owner, former, fence));
    throw error;
  }
}

async function storeFirst(engine: Engine, row: Connection, linked: Linked, label: string | undefined): Promise<Connection> {
  const { connected } = linked;
  await engine.secrets.write({ connectionId: row.id, channel: row.channel }, connected.secret);
  await updateConnection(engine, row.workspaceId, row.id, (current) => ({
    ...connectedChange(engine, current, linked),
    route: connected.route,
    label: label ?? connected.defaultLabel ?? connected.phone ?? row.id,
  }));
  await engine.storage.connections.setPrimary(row.workspaceId, row.channel, row.id, "if-none");
  return updateConnection(engine, row.workspaceId, row.id, () => undefined);
}

function connectedChange(engine: Engine, current: Connection, { connected, warnings, region }: Linked): Partial<Connection> {
  const now = engine.runtime.clock.now();
  return {
    ...accountOf(connected.account),
    ...(connected.phone !== undefined && { phone: connected.phone }),
    ...(region !== undefined && { region }),
    details: connected.details,
    warnings,
    // new credentials do not lift what the vendor put on the number
    status: { state: "connected", since: now, ...(current.status.restriction && { restriction: current.status.restriction }) },
    connectedAt: now,
    lastSeenAt: now,
    epoch: current.epoch + 1,
  };
}

function splitLabel(given: unknown): { readonly label: string | undefined; readonly input: unknown } {
  if (typeof given !== "object" || given === null || !("label" in given)) return { label: undefined, input: given };
  const { label, ...input } = given;
  if (label === undefined) return { label, input };
  if (typeof label !== "string") {
    throw new WadeskError("input_invalid", { issues: [{ field: "label", message: "must be a text" }], detail: "label: must be a text" });
  }
  return { label: label.trim() === "" ? undefined : label.trim(), input };
}

interface Place {
  readonly workspaceId: string;
  readonly kind: string;
  readonly connectionId: string;
  readonly label: string | undefined;
}

function pendingRow(engine: Engine, { workspaceId, kind, connectionId, label }: Place): Connection {
  const now = engine.runtime.clock.now();
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
