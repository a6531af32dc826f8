import { ownerOf } from "../../connections/contexts.ts";
import { closeKept } from "../../connections/lines/close-session.ts";
import { sessionVoice } from "../../connections/lines/session-voice.ts";
import type { Engine } from "../../engine/engine.ts";
import { WadeskError } from "../../errors/wadesk-error.ts";
import type { Connection } from "../../model/connection.ts";
import type { SealedRecords } from "../../ports/context.ts";
import type { OpenSession } from "../../ports/session.ts";
import type { SessionVoice } from "../../ports/session-voice.ts";
import type { SessionLease } from "../../ports/stores/session-store.ts";
import { messageOf } from "../../runtime/live.ts";
import type { HeldLock } from "../../runtime/locks.ts";
import { fenceOf, type KeptSession } from "../../runtime/sessions/kept-sessions.ts";
import { rememberedRecords } from "../../vault/remembered-records.ts";
import { createSealedRecords, type RecordPlace, stagedNamespace } from "../../vault/sealed-records.ts";
import { swapStaged } from "../../vault/staged-records.ts";
import { movingRecords } from "./moving-records.ts";

/** What linking has of a channel with sessions: it holds the lease before the first socket, and what was opened goes on as the connection's session. */
export interface SessionLink {
  readonly records: SealedRecords;
  readonly voice: SessionVoice;
  /** Aborted with the attempt until linking is done, and once the session is the connection's, when its lease is lost or given up. */
  readonly signal: AbortSignal;
  /** Linking is done: what it opened is needed to undo it. */
  linked(): void;
  /** Takes the lease where linking did not hold it yet, and puts the new records in force. The answer's token is the connection's epoch. */
  settle(current: Connection): Promise<SessionLease>;
  /** Takes that back: the former records are in force again. Never rejects. */
  restore(): Promise<void>;
  /** Keeps what linking opened, where this process keeps sessions; otherwise closes it and leaves the session to one that does. */
  adopt(lease: SessionLease, open: OpenSession<unknown> | undefined): Promise<void>;
  /** The connection will not be made: whoever waits for it to take what came in waits no longer. */
  refuse(): void;
  /** Lets go of everything that was not adopted. */
  end(): Promise<void>;
}

/**
 * Begins one. A first number's lease is taken now. A number that is paired again keeps its former session until it is: its new records lie apart, under a
 * lease of the pairing, and the session's is taken at the end. Rejects with `conflict` when it is being paired already.
 */
export async function openSessionLink(engine: Engine, row: Connection, controller: AbortController): Promise<SessionLink> {
  const { presence, kept, storage } = engine;
  const { process, isAlive } = await presence.need();
  let pairing: HeldLock | undefined;
  let first: SessionLease | undefined;
  try {
    if (row.connectedAt === undefined) first = await take(engine, process, row, row.epoch);
    else pairing = await beginPairing(engine, row);
  } catch (error) {
    await presence.letGo();
    throw error;
  }
  const again = pairing !== undefined;
  const lifetime = new AbortController();
  const endWithAttempt = (): void => lifetime.abort(new WadeskError("linking_cancelled"));
  controller.signal.addEventListener("abort", endWithAttempt, { once: true });
  kept.linking.set(row.id, controller);
  if (!isAlive()) controller.abort();

  const warn = (text: string, error: unknown): void => engine.runtime.log.warn({ connectionId: row.id, reason: messageOf(error) }, text);
  const stored = Promise.withResolvers<SessionVoice>();
  stored.promise.catch(() => {});
  const whenStored = (say: (voice: SessionVoice) => void): void => void stored.promise.then(say, () => {});
  let live: SessionVoice | undefined;
  let held = first;
  let putBack = async (): Promise<void> => {};
  let adopted = false;
  const restore = (): Promise<void> =>
    putBack().catch((error: unknown) => warn("the former records of a number that was paired again could not be put back", error));
  if (controller.signal.aborted) endWithAttempt();

  const recordsAt = (place: RecordPlace): SealedRecords => {
    const sealed = createSealedRecords(storage.records, engine.vault, ownerOf(row), place);
    return rememberedRecords(sealed, { now: engine.time.now, signal: lifetime.signal });
  };
  const moving = movingRecords(
    recordsAt(
      pairing === undefined ? { ...(first && { fence: fenceOf(first) }) } : { fence: pairing.fence, namespace: stagedNamespace(row.id) },
    ),
  );

  return {
    records: moving.records,
    signal: lifetime.signal,
    linked: () => controller.signal.removeEventListener("abort", endWithAttempt),
    voice: {
      report(health) {
        if (live !== undefined) live.report(health);
        // how linking goes has steps of its own, but what limits the number goes on beyond it
        else if (health.type === "restricted" || health.type === "unrestricted") whenStored((voice) => voice.report(health));
      },
      learn: (learnt) => whenStored((voice) => voice.learn(learnt)),
      receive: async (events) => (await stored.promise).receive(events),
      after: engine.time.after,
    },
    async settle(current) {
      if (first !== undefined) return wanted(engine, first);
      const former = kept.get(row.id);
      const lease = await take(engine, process, row, current.epoch);
      held = lease;
      if (former !== undefined) await closeKept(engine, former);
      await moving.move(async () => {
        putBack = await swapStaged(storage.records, row.id, fenceOf(lease));
        return recordsAt({ fence: fenceOf(lease) });
      });
      return wanted(engine, lease).catch(async (error: unknown) => {
        await restore();
        throw error;
      });
    },
    restore,
    async adopt(lease, open) {
      // a process that was held up may have lost it meanwhile to one that saw no connected row
      await wanted(engine, lease).catch(() => {});
      if (open !== undefined && kept.isKeeping() && isAlive()) {
        const { signal } = lifetime;
        const session: KeptSession = { lease, open, signal, abort: losing(lifetime), told: () => {} };
        kept.connected.set(row.id, engine.time.now());
        live = sessionVoice(engine, { lease, signal, told: (status) => session.told(status) });
        adopted = true;
        kept.add(session);
        stored.resolve(live);
        return;
      }
      await open?.close().catch((error: unknown) => warn("the session that linking opened could not be closed", error));
    },
    refuse: () => stored.reject(new WadeskError("linking_cancelled")),
    async end() {
      if (!adopted) endWithAttempt();
      kept.linking.delete(row.id);
      stored.reject(new WadeskError("linking_cancelled"));
      try {
        if (held !== undefined && !adopted) await storage.sessions.release(process, [row.id]);
        if (again) await storage.records.clear(stagedNamespace(row.id));
      } catch (error) {
        warn("the lease of a connection attempt is left; it ends with this process", error);
      }
      await pairing?.release();
      await presence.letGo();
    },
  };
}

async function take({ storage }: Engine, process: string, row: Connection, floor: number): Promise<SessionLease> {
  const place = { workspaceId: row.workspaceId, connectionId: row.id, kind: row.channel };
  const lease = await storage.sessions.take(process, place, floor);
  if (lease === undefined) throw new WadeskError("lease_lost");
  return lease;
}

// made apart from the session: whoever holds a lease keeps this longer than the session, which would stay in memory with it
function losing(lifetime: AbortController): () => void {
  return () => lifetime.abort(new WadeskError("lease_lost"));
}

// said before the row says that it is connected: should this process end in between, another opens it
async function wanted({ storage }: Engine, lease: SessionLease): Promise<SessionLease> {
  await storage.sessions.want(lease.connectionId, true);
  return lease;
}

// what an attempt that ended badly left counts for nothing
async function beginPairing(engine: Engine, { id }: Connection): Promise<HeldLock> {
  const pairing = await engine.locks.takeIfFree(`pairing/${id}`);
  if (pairing === undefined) throw new WadeskError("conflict", { detail: `${id} is being paired already; cancel() ends that attempt` });
  try {
    await engine.storage.records.clear(stagedNamespace(id));
    return pairing;
  } catch (error) {
    await pairing.release();
    throw error;
  }
}
