import { factsChange, healthChange, updateConnection } from "../connections/update.ts";
import { hears, isSpokenForBy, viewOf } from "../connections/view.ts";
import type { Engine } from "../engine/engine.ts";
import type { Connection } from "../model/connection.ts";
import type { OwnedEvent, WadeskEvent } from "../model/event.ts";
import type { SendReceipt } from "../model/message.ts";
import type { ConnectionChange } from "../ports/stores/connection-store.ts";
import { isOfTheToken } from "../status/connection-status.ts";
import type { HealthFact } from "../status/health-fact.ts";
import { speakerOf } from "../voices/speaker-of.ts";
import { isCalled } from "./intake/own.ts";

/** Reads the stored row of a connection. */
export type RowReader = (workspaceId: string, connectionId: string) => Promise<Connection | undefined>;

/**
 * Applies what an event says to what is stored (the status ladder, the connection's health) and gives it as handlers see it. Repeating it
 * changes nothing more. Nothing when the connection was removed meanwhile.
 */
export async function applyEvent(engine: Engine, event: OwnedEvent, rowOf: RowReader): Promise<WadeskEvent | undefined> {
  const { storage } = engine;
  const row = await rowOf(event.workspaceId, event.connectionId);
  if (row === undefined) return undefined;
  const connection = await withOwnHealth(engine, row, event);
  for (const other of await alsoConcerned(engine, row, event)) await withHealth(engine, other, event);
  await noteSpoken(engine, event);
  const { key, at, workspaceId } = event;
  const place = { key, at, workspaceId, ...chatOf(event) };
  if (event.type !== "message.status") return { ...place, type: event.type, data: { ...event.data, connection } } as WadeskEvent;
  const { messageId: providerId, status, failure, reference } = event.data;
  if (reference !== undefined) await recoverReceipt(engine, row, reference, { providerId, acceptedAt: at });
  const { standing, messageId } = await storage.messages.advanceStatus({ connectionId: row.id, providerId }, status, at, failure);
  const message = messageId === undefined ? {} : { message: { id: messageId } };
  return { ...place, type: event.type, data: { ...event.data, connection, standing, ...message } };
}

const SECOND_MS = 1000;

// in a group nobody speaks with one number
async function noteSpoken({ lastNumbers, time }: Engine, event: OwnedEvent): Promise<void> {
  if ((event.type !== "message.received" && event.type !== "message.echoed") || event.data.groupId !== undefined) return;
  // vendors tell whole seconds: what was said in one counts to its end, or a reply in the second of what it answers would come before that
  const at = event.at % SECOND_MS === 0 ? Math.max(event.at, Math.min(event.at + SECOND_MS - 1, time.now())) : event.at;
  await lastNumbers.note(event.workspaceId, { contact: event.data.contact, connectionId: event.connectionId, at });
}

// what is ordered as one is one conversation
function chatOf({ scope, orderKey, data }: OwnedEvent): { readonly chat?: string } {
  return scope === undefined && ("contact" in data || "groupId" in data) ? { chat: orderKey } : {};
}

// a send whose answer was lost learns here that it went out, and by which id
async function recoverReceipt(engine: Engine, row: Connection, reference: string, receipt: SendReceipt): Promise<void> {
  const sent = await engine.storage.messages.get(row.workspaceId, reference);
  // other tools may send through the same number and carry references of their own
  if (sent === undefined || sent.connectionId !== row.id || sent.receipt !== undefined) return;
  await engine.storage.messages.accept(row.workspaceId, reference, receipt);
}

// what befalls an account befalls each of its numbers, though the workspace is told once
async function alsoConcerned(engine: Engine, row: Connection, event: OwnedEvent): Promise<readonly Connection[]> {
  const { health, scope, route, phone } = event;
  if (health === undefined || scope !== "account") return [];
  // one without a speaker was said by whoever speaks for its owner
  const speaker = event.speaker ?? (await speakerOf(engine, row));
  const rows = (await engine.storage.connections.byAccount(route)).filter(
    (other) => other.id !== row.id && other.workspaceId === row.workspaceId && other.channel === row.channel && isCalled(other, phone),
  );
  const heard = await Promise.all(rows.map((other) => hears(engine, other, speaker)));
  return rows.filter((_, index) => heard[index]);
}

// a number that has been given to another app or account since is not judged by what the former one said
async function withOwnHealth(engine: Engine, row: Connection, event: OwnedEvent): Promise<Connection> {
  const moved =
    (event.health ?? event.facts) !== undefined && event.speaker !== undefined && !(await isSpokenForBy(engine, row, event.speaker));
  return moved ? viewOf(engine, row) : withHealth(engine, row, event);
}

// a row is written for it now and then: it is to tell whether webhooks come at all
const WEBHOOK_TOLD_MS = 10 * 60_000;

// when this process last wrote it: events that come together write it once
const TOLD = new WeakMap<Engine, Map<string, number>>();

function withWebhookTime(engine: Engine, row: Connection): Connection {
  const now = engine.time.now();
  const told = TOLD.get(engine) ?? new Map<string, number>();
  TOLD.set(engine, told);
  const last = Math.max(row.facts?.webhookAt ?? 0, told.get(row.id) ?? 0);
  if (now - last < WEBHOOK_TOLD_MS || engine.channels.get(row.channel)?.webhook === undefined) return viewOf(engine, row);
  told.set(row.id, now);
  const change = (current: Connection): ConnectionChange | undefined =>
    (current.facts?.webhookAt ?? 0) >= now ? undefined : factsChange(current, { webhookAt: now });
  // no event waits for it, and each counts all the same
  void updateConnection(engine, row.workspaceId, row.id, change, row).catch(() => told.delete(row.id));
  return viewOf(engine, row);
}

// the vendor's webhook speaks of the connection as it is now, whichever session that is
async function withHealth(engine: Engine, row: Connection, { health, facts, at, workspaceId }: OwnedEvent): Promise<Connection> {
  if (health === undefined && facts === undefined) return withWebhookTime(engine, row);
  return updateConnection(engine, workspaceId, row.id, (current) => {
    if (isStale(current, at)) return undefined;
    const fact = health && bearingOn(current, health);
    const change = { ...(fact && healthChange(current, [{ ...fact, at, epoch: current.epoch }])), ...factsChange(current, facts) };
    return Object.keys(change).length === 0 ? undefined : change;
  });
}

// that the vendor has an account back in order says nothing about a token that it refused
function bearingOn({ status }: Connection, health: HealthFact): HealthFact | undefined {
  if (health.type !== "alive" || status.state !== "failed" || !isOfTheToken(status.reason)) return health;
  return health.unrestricted ? { type: "unrestricted" } : undefined;
}

// a fact from before the connection was made anew says nothing about it
function isStale({ connectedAt }: Connection, at: number): boolean {
  // vendors give whole seconds; one that never came to be linked has no health
  return connectedAt === undefined || at + 1000 <= connectedAt;
}
