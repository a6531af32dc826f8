import { check } from "../connections/check.ts";
import { disconnect, endUntold, remove } from "../connections/end.ts";
import { forgetIntent, type Intent, isKeptElsewhere, settleIntent, waitingIntents } from "../connections/lines/intents.ts";
import { rowOf } from "../connections/view.ts";
import type { Engine } from "../engine/engine.ts";
import { isWadeskError, WadeskError } from "../errors/wadesk-error.ts";
import { messageOf } from "../runtime/live.ts";
import { isEnded } from "../status/connection-status.ts";
import { doesNotOpen } from "../vault/vault.ts";

/** What this process is to carry out. */
export interface Carrying {
  readonly kind: string;
  /** The connections whose sessions it holds. */
  readonly ids: ReadonlySet<string>;
  /** Opens a session that rests, once for each `asked`; false where it does not rest. */
  readonly wake: (connectionId: string, asked: number) => boolean;
  /** Whether it is not being stopped. */
  readonly goesOn: () => boolean;
}

/** After this a session that did not open is not waited for any longer, in milliseconds. */
const PATIENCE_MS = 5 * 60_000;
/** After this it is looked whether there is an owner at all, in milliseconds: the session may have ended for good meanwhile. */
const OWNER_MS = 10_000;

/** Does what other processes left to this one, and what was left to an owner who is there no longer. What cannot be done says so for an hour. */
export async function carryOut(engine: Engine, carrying: Carrying): Promise<void> {
  const { kind, goesOn } = carrying;
  for (const intent of await waitingIntents(engine, kind)) {
    if (!goesOn()) return;
    // one that rests is opened, which is all that a check can ask of it
    if (carrying.wake(intent.connectionId, intent.at) && intent.action === "check") {
      await settleIntent(engine, kind, intent);
      continue;
    }
    if (!(await isOurs(engine, intent, carrying))) continue;
    try {
      if (await perform(engine, intent, carrying)) await settleIntent(engine, kind, intent);
    } catch (error) {
      // cut short by a stop, it is the next owner's
      if (!goesOn()) return;
      await fail(engine, kind, intent, error);
    }
  }
}

async function isOurs(engine: Engine, intent: Intent, { kind, ids }: Carrying): Promise<boolean> {
  const { connectionId, at } = intent;
  const age = engine.time.now() - at;
  // one that is only being opened can do nothing yet, and waits
  if (ids.has(connectionId)) return engine.kept.get(connectionId) !== undefined || isBeyondHope(engine, intent, kind);
  if (age < OWNER_MS) return false;
  const session = await engine.storage.sessions.find(connectionId);
  return session === undefined || (!session.wanted && session.process === undefined);
}

// waited for long enough, or with a secret that no other try opens
async function isBeyondHope(engine: Engine, { connectionId, at }: Intent, kind: string): Promise<boolean> {
  if (engine.time.now() - at > PATIENCE_MS) return true;
  return engine.secrets.read({ connectionId, channel: kind }).then(() => false, doesNotOpen);
}

/** Answers whether it is to be forgotten: what is removed took it along, and what went elsewhere meanwhile is still to be done there. */
async function perform(engine: Engine, intent: Intent, { kind, ids }: Carrying): Promise<boolean> {
  const { workspaceId, connectionId, action, at } = intent;
  const row = await rowOf(engine, workspaceId, connectionId);
  // the number was linked anew since: it was asked of a session that is no more
  if ((row.connectedAt ?? 0) > at) return true;
  if (engine.kept.get(connectionId) === undefined && (await isKeptElsewhere(engine, row))) {
    // another's by now, or there is hope
    if (!ids.has(connectionId) || !(await isBeyondHope(engine, intent, kind))) return false;
    if (action === "check") throw new WadeskError("not_connected", { detail: "its session could not be opened" });
    await endUntold(engine, workspaceId, connectionId, action);
    return action === "disconnect";
  }
  if (action === "disconnect") return isEnded((await disconnect(engine, workspaceId, connectionId)).status);
  if (action === "check") await check(engine, workspaceId, connectionId);
  else await remove(engine, workspaceId, connectionId);
  return action === "check";
}

async function fail(engine: Engine, kind: string, intent: Intent, error: unknown): Promise<void> {
  const { connectionId, action } = intent;
  // there is nothing left to do it with, and nobody to ask how it went
  if (isWadeskError(error, "connection_not_found")) return forgetIntent(engine, { id: connectionId, channel: kind });
  engine.runtime.log.warn({ connectionId, action, reason: messageOf(error) }, "what was left to the owner of a session could not be done");
  await settleIntent(engine, kind, intent, isWadeskError(error) ? error.code : "provider_unavailable");
}
