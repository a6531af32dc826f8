import { closeKept } from "../connections/lines/close-session.ts";
import type { Engine } from "../engine/engine.ts";
import type { ChannelSession } from "../ports/session.ts";
import type { Fence } from "../ports/stores/record-store.ts";
import { messageOf } from "../runtime/live.ts";
import { type Heartbeat, PRESENCE_MS } from "../runtime/sessions/presence.ts";
import { within } from "../time/within.ts";
import { fairShare } from "./fair-share.ts";
import { createHeldSessions, type HeldSessions } from "./held-sessions.ts";

/** Keeps the sessions open that this process is to keep. */
export interface Keeper {
  start(): void;
  /** Closes them and leaves them to other processes. */
  stop(): Promise<void>;
}

/** How often the sessions are looked at, in milliseconds; what was left to their owner is carried out by then. */
const SESSION_TICK_MS = 2000;
/** More than this are claimed at the next look, so that several processes that start at once all get some. */
const CLAIM_AT_ONCE = 500;
const OPEN_AT_ONCE = 8;

interface Kind {
  readonly kind: string;
  readonly sharing: ChannelSession<unknown, unknown, unknown>["sharing"];
  readonly held: HeldSessions;
  /** Of a kind that one process holds: that it is this one. */
  fence?: Fence;
}

type CarryOut = (kind: string, ids: ReadonlySet<string>, wake: HeldSessions["wake"]) => Promise<void>;

/** Makes the keeper of one client. `carryOut` does what was left to the owner of sessions of a kind. */
export function createKeeper(engine: Engine, carryOut: CarryOut): Keeper {
  const { log } = engine.runtime;
  const { storage, presence, kept, time } = engine;
  const { sessions, leases } = storage;
  const kinds: readonly Kind[] = [...engine.channels.values()].flatMap(({ kind, session }) =>
    session === undefined ? [] : [{ kind, sharing: session.sharing, held: createHeldSessions(engine, session.openAtOnce ?? OPEN_AT_ONCE) }],
  );
  let heartbeat: Heartbeat | undefined;
  let started = false;
  let cancel = (): void => {};
  let ticking: Promise<void> = Promise.resolve();

  kept.onAdded((session) => {
    const kind = kinds.find((each) => each.kind === session.lease.kind);
    kind?.held.adopt(session);
  });

  const dropAll = async (): Promise<void> => {
    await Promise.all(kinds.map(({ held }) => held.drop(held.ids())));
    await Promise.all(kept.all().map((session) => closeKept(engine, session)));
  };
  const beating = async (): Promise<Heartbeat> => {
    if (heartbeat?.isAlive()) return heartbeat;
    if (heartbeat !== undefined) {
      heartbeat = undefined;
      await dropAll();
      await presence.letGo();
    }
    heartbeat = await presence.need();
    return heartbeat;
  };
  // one lease for the kind decides who holds them all
  const isTheOne = async (each: Kind, process: string): Promise<boolean> => {
    if (each.sharing === "shared") return true;
    const name = `sessions/${each.kind}`;
    if (each.fence !== undefined && (await leases.renew(each.fence, PRESENCE_MS)) === "lost") delete each.fence;
    const fence = each.fence ?? (await leases.acquire(name, process, PRESENCE_MS));
    if (fence !== undefined) each.fence = fence;
    return fence !== undefined;
  };
  const giveUp = async ({ held }: Kind, process: string, ids: readonly string[]): Promise<void> => {
    if (ids.length === 0) return;
    await held.drop(ids);
    await sessions.release(process, ids);
  };
  const look = async (each: Kind, { process }: Heartbeat): Promise<void> => {
    const { kind, held } = each;
    if (!(await isTheOne(each, process))) return giveUp(each, process, held.ids());
    const standing = await sessions.standing(kind);
    if (standing.lapsed > 0) {
      await sessions.reap();
      return look(each, { process, isAlive: () => true });
    }
    const before = held.ids().filter((id) => !kept.linking.has(id));
    const mine = standing.shares.find((share) => share.process === process)?.held ?? 0;
    if (mine !== before.length) await reconcile(each, process, before);
    const target = each.sharing === "shared" ? fairShare(standing, process) : Number.POSITIVE_INFINITY;
    const over = held.ids().length - target;
    if (over > 0) return giveUp(each, process, held.ids().slice(-over));
    const room = Math.min(-over, standing.free, CLAIM_AT_ONCE);
    if (room > 0) held.add(await sessions.claim(process, kind, room));
  };
  // another process took one by linking its number anew, or the answer to a claim was lost
  const reconcile = async ({ kind, held }: Kind, process: string, before: readonly string[]): Promise<void> => {
    const stored = new Map(
      (await sessions.held(process)).filter((lease) => lease.kind === kind).map((lease) => [lease.connectionId, lease]),
    );
    await held.drop(before.filter((id) => !stored.has(id)));
    held.add([...stored.values()].filter(({ connectionId }) => !held.has(connectionId) && !kept.linking.has(connectionId)));
  };
  const writeSeen = async (): Promise<void> => {
    const seen = [...kept.seen.values()];
    kept.seen.clear();
    if (seen.length > 0) await storage.connections.touch(seen);
  };
  const tick = async (): Promise<void> => {
    const steps = [
      writeSeen,
      ...kinds.map((each) => async () => {
        await look(each, await beating());
        await carryOut(each.kind, new Set(each.held.ids()), each.held.wake);
      }),
    ];
    for (const step of steps) {
      if (!started) return;
      try {
        await within(time, PRESENCE_MS, step());
      } catch (error) {
        log.warn({ reason: messageOf(error) }, "the sessions could not be looked after; trying again");
      }
    }
  };
  const schedule = (): void => {
    ticking = tick().then(() => {
      if (started) cancel = time.after(SESSION_TICK_MS, schedule);
    });
  };

  return {
    start() {
      if (started || kinds.length === 0) return;
      started = true;
      presence.serve(kinds.map(({ kind }) => kind));
      kept.setKeeping(true);
      schedule();
    },
    async stop() {
      if (!started) return;
      started = false;
      kept.setKeeping(false);
      presence.serve([]);
      cancel();
      await ticking;
      await dropAll();
      await writeSeen().catch(() => {});
      for (const each of kinds) {
        if (each.fence !== undefined) await leases.release(each.fence).catch(() => {});
        delete each.fence;
      }
      if (heartbeat !== undefined) await presence.letGo();
      heartbeat = undefined;
    },
  };
}
