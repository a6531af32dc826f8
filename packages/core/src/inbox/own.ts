import type { Connection } from "../model/connection.ts";
import type { InboundEvent, OwnedEvent } from "../model/event.ts";
import type { ConnectionStore } from "../ports/stores/connection-store.ts";

/** Events sorted by whether a connection owns them. */
export interface Owned {
  readonly owned: readonly OwnedEvent[];
  /** Whose route no connection of this channel has. */
  readonly strangers: readonly InboundEvent[];
}

/** The part of a connection store that knows owners. */
export type OwnerLookup = Pick<ConnectionStore, "byRoute" | "byAccount">;

/** Finds whose each event is. A fact about a whole account goes once to every workspace with a connection on it. */
export async function findOwners(
  connections: OwnerLookup,
  kind: string,
  events: readonly InboundEvent[],
  entitled: (row: Connection) => Promise<boolean> = async () => true,
): Promise<Owned> {
  const owned: OwnedEvent[] = [];
  const strangers: InboundEvent[] = [];
  const found = new Map<string, readonly Connection[]>();
  for (const event of events) {
    const name = `${event.scope ?? "route"} ${event.phone ?? ""} ${event.route}`;
    const owners = found.get(name) ?? (await filterAsync(await ownersOf(connections, kind, event), entitled));
    found.set(name, owners);
    if (owners.length === 0) strangers.push(event);
    for (const owner of owners) owned.push(ownedBy(owner, event));
  }
  return { owned, strangers };
}

async function filterAsync(rows: readonly Connection[], keep: (row: Connection) => Promise<boolean>): Promise<readonly Connection[]> {
  const kept = await Promise.all(rows.map(keep));
  return rows.filter((_, index) => kept[index]);
}

async function ownersOf(connections: OwnerLookup, kind: string, { route, scope, phone }: InboundEvent): Promise<readonly Connection[]> {
  if (scope === "account") {
    const rows = (await connections.byAccount(route)).filter((row) => row.channel === kind && (phone === undefined || row.phone === phone));
    return rows.filter((row, index) => rows.findIndex((other) => other.workspaceId === row.workspaceId) === index);
  }
  const owner = await connections.byRoute(route);
  // a channel speaks for its own connections only
  return owner?.channel === kind ? [owner] : [];
}

function ownedBy(owner: Connection, event: InboundEvent): OwnedEvent {
  const place = { workspaceId: owner.workspaceId, connectionId: owner.id };
  if (event.scope === undefined) return { ...event, ...place };
  return { ...event, ...place, key: `${owner.route}|${event.key}`, orderKey: `${owner.route}|${event.orderKey}` };
}
