import type { IntentView } from "../../api/workspace.ts";
import type { Engine } from "../../engine/engine.ts";
import type { Connection } from "../../model/connection.ts";
import { pagesOf } from "../../ports/stores/pages-of.ts";

/** What is to be done with a connection by the process that keeps its session. */
export interface Intent extends IntentView {
  readonly connectionId: string;
  readonly workspaceId: string;
}

/** How long one that failed can be read, in milliseconds. */
const FAILED_LIFE_MS = 60 * 60 * 1000;
const STRENGTH: readonly IntentView["action"][] = ["check", "disconnect", "remove"];

function namespaceOf(kind: string): string {
  return `intent/${kind}/`;
}

/** Whether a connection's session is another process's, or will be some process's in a moment. Then only its owner can ask the vendor. */
export async function isKeptElsewhere(engine: Engine, row: Connection): Promise<boolean> {
  if (engine.channels.get(row.channel)?.session === undefined || engine.kept.get(row.id) !== undefined) return false;
  const session = await engine.storage.sessions.find(row.id);
  return session !== undefined && (session.wanted || session.process !== undefined);
}

/** Leaves something to the owner of a connection's session, who looks every two seconds. What is more than was asked before takes its place. */
export async function leaveToOwner(engine: Engine, row: Connection, action: IntentView["action"]): Promise<void> {
  await engine.locks.during(`connection/${row.id}`, async (fence) => {
    const before = await readIntent(engine, row);
    if (before !== undefined && before.failed === undefined && STRENGTH.indexOf(before.action) >= STRENGTH.indexOf(action)) return;
    const intent: Intent = { connectionId: row.id, workspaceId: row.workspaceId, action, at: engine.time.now() };
    await engine.storage.records.set(namespaceOf(row.channel), new Map([[row.id, { value: encode(intent) }]]), fence);
  });
}

/** What is left to be done, or was tried and failed within the last hour. */
export async function readIntent(engine: Engine, row: Pick<Connection, "id" | "channel">): Promise<Intent | undefined> {
  const value = (await engine.storage.records.get(namespaceOf(row.channel), [row.id])).get(row.id);
  return value && decode(value);
}

/** Those of a kind that wait to be carried out. */
export async function waitingIntents(engine: Engine, kind: string): Promise<readonly Intent[]> {
  const { records } = engine.storage;
  const namespace = namespaceOf(kind);
  const keys: string[] = [];
  // one that has failed ends by itself
  for await (const item of pagesOf(({ cursor }) => records.scan(namespace, cursor)))
    if (item.namespace === namespace && item.expiresAt === undefined) keys.push(item.key);
  if (keys.length === 0) return [];
  return [...(await records.get(namespace, keys)).values()].map(decode).filter(({ failed }) => failed === undefined);
}

/** Says how one ended: it is forgotten, or says for an hour why it failed. One that took its place meanwhile is left. */
export async function settleIntent(engine: Engine, kind: string, intent: Intent, failed?: IntentView["failed"]): Promise<void> {
  const { connectionId: id, action, at } = intent;
  await engine.locks.during(`connection/${id}`, async (fence) => {
    const current = await readIntent(engine, { id, channel: kind });
    if (current?.action !== action || current.at !== at) return;
    const kept = failed && { value: encode({ ...intent, failed }), expiresAt: engine.time.now() + FAILED_LIFE_MS };
    await engine.storage.records.set(namespaceOf(kind), new Map([[id, kept]]), fence);
  });
}

/** Forgets what is left to be done with a connection. */
export async function forgetIntent(engine: Engine, { id, channel }: Pick<Connection, "id" | "channel">): Promise<void> {
  await engine.storage.records.set(namespaceOf(channel), new Map([[id, undefined]]));
}

function encode(intent: Intent): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(intent));
}

function decode(value: Uint8Array): Intent {
  return JSON.parse(new TextDecoder().decode(value)) as Intent;
}
