import type { Connection } from "../../model/connection.ts";
import { phoneKey } from "../../model/contact.ts";
import type { InboundEvent, OwnedEvent } from "../../model/event.ts";
import type { ConnectionStore } from "../../ports/stores/connection-store.ts";

/** Events sorted by whether a connection owns them. */
export interface Owned {
  readonly owned: readonly OwnedEvent[];
  /** Whose route no connection of this channel has. */
  readonly strangers: readonly InboundEvent[];
  /** Whose route a connection has that does not hear whoever signed them. */
  readonly unheard: readonly InboundEvent[];
}

/** The part of a connection store that knows owners. */
export type OwnerLookup = Pick<ConnectionStore, "byRoute" | "byAccount">;

/** Who signed the events of a request, and whether a connection hears that one. */
export interface Signed {
  readonly speaker?: string | undefined;
  readonly hears: (row: Connection) => Promise<boolean>;
}

/** Finds whose each event is. A fact about a whole account goes once to every workspace with a connection on it that hears who signed it. */
export async function findOwners(
  connections: OwnerLookup,
  kind: string,
  events: readonly InboundEvent[],
  { speaker, hears }: Signed,
): Promise<Owned> {
  const owned: OwnedEvent[] = [];
  const strangers: InboundEvent[] = [];
  const unheard: InboundEvent[] = [];
  const found = new Map<string, Owners>();
  for (const event of events) {
    const name = `${event.scope ?? "route"} ${event.phone ?? ""} ${event.route}`;
    const owners = found.get(name) ?? (await ownersOf(connections, kind, event, hears));
    found.set(name, owners);
    if (owners.hearing.length === 0) (owners.any ? unheard : strangers).push(event);
    for (const owner of owners.hearing) owned.push(ownedBy(owner, event, speaker));
  }
  return { owned, strangers, unheard };
}

interface Owners {
  /** Whether there is a connection at all, hearing or not. */
  readonly any: boolean;
  readonly hearing: readonly Connection[];
}

async function ownersOf(connections: OwnerLookup, kind: string, event: InboundEvent, hears: Signed["hears"]): Promise<Owners> {
  const rows = await rowsOf(connections, kind, event);
  const [first, ...others] = rows;
  // as with nearly every event
  if (first !== undefined && others.length === 0) return { any: true, hearing: (await hears(first)) ? rows : [] };
  const heard = await Promise.all(rows.map(hears));
  const hearing = rows.filter((_, index) => heard[index]);
  // once to a workspace, and by a connection of its that hears: one that does not must not stand before it
  const firstOf = new Map([...hearing].reverse().map((row) => [row.workspaceId, row.id]));
  return { any: rows.length > 0, hearing: hearing.filter(({ workspaceId, id }) => firstOf.get(workspaceId) === id) };
}

async function rowsOf(connections: OwnerLookup, kind: string, { route, scope, phone }: InboundEvent): Promise<readonly Connection[]> {
  if (scope === "account") {
    return (await connections.byAccount(route)).filter((row) => row.channel === kind && isCalled(row, phone));
  }
  const owner = await connections.byRoute(route);
  // a channel speaks for its own connections only
  return owner?.channel === kind ? [owner] : [];
}

/** Whether a connection's number is the one that is named by its display form, where one is. */
export function isCalled(row: Connection, phone: string | undefined): boolean {
  return phone === undefined || (row.phone !== undefined && phoneKey(row.phone) === phoneKey(phone));
}

function ownedBy(owner: Connection, event: InboundEvent, speaker: string | undefined): OwnedEvent {
  // by which name a connection hears one may depend on a process's options: only the stored one says the same to whichever works on the event
  const said = owner.speaker === speaker ? named(speaker) : {};
  const place = { workspaceId: owner.workspaceId, connectionId: owner.id, ...said };
  if (event.scope === undefined) return { ...event, ...place };
  const ofPhone = event.phoneOrderKey === undefined ? {} : { phoneOrderKey: `${owner.route}|${event.phoneOrderKey}` };
  return { ...event, ...place, key: `${owner.route}|${event.key}`, orderKey: `${owner.route}|${event.orderKey}`, ...ofPhone };
}

function named(speaker: string | undefined): { readonly speaker?: string } {
  return speaker === undefined ? {} : { speaker };
}
