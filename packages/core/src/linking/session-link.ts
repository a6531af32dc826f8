import { ownerOf } from "../connections/contexts.ts";
import { closeKept } from "../connections/lines/close-session.ts";
import { sessionVoice } from "../connections/lines/session-voice.ts";
import type { Engine } from "../engine/engine.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { Connection } from "../model/connection.ts";
import type { SealedRecords } from "../ports/context.ts";
import type { OpenSession } from "../ports/session.ts";
import type { SessionVoice } from "../ports/session-voice.ts";
import type { SessionLease } from "../ports/stores/session-store.ts";
import { messageOf } from "../runtime/live.ts";
import { fenceOf } from "../runtime/sessions/kept-sessions.ts";
import type { ConnectionStatus } from "../status/connection-status.ts";
import { createSealedRecords, type RecordPlace, stagedNamespace } from "../vault/sealed-records.ts";
import { swapStaged } from "../vault/staged-records.ts";
import { isCancelled } from "./cancel.ts";
import { movingRecords } from "../vault/moving-records.ts";

const LOOK_MS = 2000;

/** What linking has of a channel with sessions: it holds the lease before the first socket, and what was opened goes on as the connection's session. */
export interface SessionLink {
  readonly records: SealedRecords;
  readonly voice: SessionVoice;
  /** Takes the lease where linking did not hold it yet, and puts the new records in force. The answer's token is the connection's epoch. */
  settle(current: Connection): Promise<SessionLease>;
  /** Takes that back: the former records are in force again. */
  restore(): Promise<void>;
  /** Keeps what linking opened, where this process keeps sessions; otherwise closes it and leaves the session to one that does. */
  adopt(lease: SessionLease, open: OpenSession<unknown> | undefined): Promise<void>;
  /** Lets go of everything that was not adopted. */
  end(): Promise<void>;
}

/**
 * Begins one. A first number's lease is taken now. A number that is paired again keeps its former session until it is: its new records lie apart, under a
 * lease of the pairing, and the session's is taken at the end. Rejects with `conflict` when it is being paired already.
 */
export async function openSessionLink(engine: Engine, row: Connection, controller: AbortController): Promise<SessionLink> {
  const { presence, kept, storage, locks } = engine;
  const owned = { workspaceId: row.workspaceId, connectionId: row.id, kind: row.channel };
  const again = row.connectedAt !== undefined;
  const { process } = await presence.need();
  const take = async (floor: number): Promise<SessionLease> => {
    const lease = await storage.sessions.take(process, owned, floor);
    if (lease === undefined) throw new WadeskError("lease_lost");
    return lease;
  };
  const pairing = again ? await locks.takeIfFree(`pairing/${row.id}`) : undefined;
  if (again && pairing === undefined) {
    await presence.letGo();
    throw new WadeskError("conflict", { detail: `${row.id} is being paired already; cancel() ends that attempt` });
  }
  const first = again ? undefined : await take(row.epoch);
  kept.linking.set(row.id, controller);
  if (again) await storage.records.clear(stagedNamespace(row.id));

  const stored = Promise.withResolvers<SessionVoice>();
  stored.promise.catch(() => {});
  let live: SessionVoice | undefined;
  let held = first;
  const place = (hold: RecordPlace): SealedRecords => createSealedRecords(storage.records, engine.vault, ownerOf(row), hold);
  const apart: RecordPlace =
    pairing === undefined ? { ...(first && { fence: fenceOf(first) }) } : { fence: pairing.fence, namespace: stagedNamespace(row.id) };
  // the session that linking opens goes on with them when they are in force
  const moving = movingRecords(place(apart));
  let putBack = async (): Promise<void> => {};
  let adopted = false;
  let stopped = false;
  let cancelLook = (): void => {};
  const look = (): void => {
    cancelLook = engine.time.after(LOOK_MS, () => {
      isCancelled(engine, row)
        .then((cancelled) => {
          if (cancelled) controller.abort();
        })
        .catch(() => {})
        .finally(() => {
          if (!stopped && !controller.signal.aborted) look();
        });
    });
  };
  look();

  return {
    records: moving.records,
    voice: {
      report: (health) => live?.report(health),
      receive: async (events) => (await stored.promise).receive(events),
      after: engine.time.after,
    },
    async settle(current) {
      if (first !== undefined) return first;
      const former = kept.get(row.id);
      const lease = await take(current.epoch);
      held = lease;
      if (former !== undefined) await closeKept(engine, former);
      await moving.move(async () => {
        putBack = await swapStaged(storage.records, row.id, fenceOf(lease));
        return place({ fence: fenceOf(lease) });
      });
      return lease;
    },
    restore: () =>
      moving.move(async () => {
        await putBack();
        return place(apart);
      }),
    async adopt(lease, open) {
      await storage.sessions.want(row.id, true);
      if (open !== undefined && kept.isKeeping()) {
        const lifetime = new AbortController();
        let told = (_status: ConnectionStatus): void => {};
        live = sessionVoice(engine, lease, lifetime.signal, (status) => told(status));
        adopted = true;
        kept.add({
          lease,
          open,
          signal: lifetime.signal,
          abort: () => lifetime.abort(new WadeskError("lease_lost")),
          onStatus(listener) {
            told = listener;
          },
        });
        stored.resolve(live);
        return;
      }
      if (open !== undefined) await open.close();
    },
    async end() {
      stopped = true;
      cancelLook();
      kept.linking.delete(row.id);
      stored.reject(new WadeskError("linking_cancelled"));
      try {
        if (held !== undefined && !adopted) await storage.sessions.release(process, [row.id]);
        if (again) await storage.records.clear(stagedNamespace(row.id));
      } catch (error) {
        engine.runtime.log.warn(
          { connectionId: row.id, reason: messageOf(error) },
          "the lease of a connection attempt is left; it ends with this process",
        );
      }
      await pairing?.release();
      await presence.letGo();
    },
  };
}
