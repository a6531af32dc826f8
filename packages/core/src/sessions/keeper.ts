import { CLOSE_MS, waitForClosed } from "../connections/lines/close-session.ts";
import type { Engine } from "../engine/engine.ts";
import { messageOf } from "../runtime/live.ts";
import { type Heartbeat, PRESENCE_MS } from "../runtime/sessions/presence.ts";
import { endsWithin } from "../time/pause.ts";
import { within } from "../time/within.ts";
import { fairShare } from "./fair-share.ts";
import { createHeldSessions, type HeldSessions } from "./held-sessions.ts";
import { type KindTurn, kindTurn } from "./kind-turn.ts";

/** Keeps the sessions open that this process is to keep. */
export interface Keeper {
  start(): void;
  /**
   * Closes them all together and leaves them to other processes, within so many milliseconds. One that does not close in time may still have its socket: its
   * lease is not given up but ends with this process's heartbeat, so that nobody opens a second one beside it.
   */
  stop(limitMs: number): Promise<void>;
}

/** How often the sessions are looked at, in milliseconds; what was left to their owner is carried out by then. */
const SESSION_TICK_MS = 2000;
const OPEN_AT_ONCE = 8;
/** So many of those that are opened at once may wait for it; what is more is others', and is not given up to them before they can open it. */
const ROUNDS_WAITING = 16;
/** How often a process that stands by asks whether it is its turn, in milliseconds: who waits for a message should not notice that another has stopped. */
const STAND_BY_MS = 500;
/** How soon it is looked again where more could be had or given up, in milliseconds. */
const AGAIN_MS = 250;

interface Kind {
  readonly kind: string;
  readonly turn: KindTurn;
  readonly held: HeldSessions;
  /** How many may wait to be opened. */
  readonly mayWait: number;
}

/** Does what was left to the owner of sessions of a kind, of these connections and of those that nobody keeps a session for, until it is not to go on. */
type CarryOut = (kind: string, held: Pick<HeldSessions, "ids" | "wake">, goesOn: () => boolean) => Promise<void>;

/** Makes the keeper of one client. */
export function createKeeper(engine: Engine, carryOut: CarryOut): Keeper {
  const { log } = engine.runtime;
  const { storage, presence, kept, time } = engine;
  const { sessions, leases } = storage;
  const kinds: readonly Kind[] = [...engine.channels.values()].flatMap(({ kind, session }) => {
    if (session === undefined) return [];
    const { sharing, openAtOnce = OPEN_AT_ONCE } = session;
    const mayWait = openAtOnce * ROUNDS_WAITING;
    const fewerWait = (waiting: number): void => {
      if (waiting < mayWait / 2) lookSoon();
    };
    return { kind, turn: kindTurn(leases, kind, sharing), held: createHeldSessions(engine, { openAtOnce, fewerWait }), mayWait };
  });
  let heartbeat: Heartbeat | undefined;
  let started = false;
  let cancel = (): void => {};
  let ticking: Promise<void> = Promise.resolve();
  let leaving: Promise<void> = Promise.resolve();
  /** There is more to be had than may wait here: so many fewer must wait first. */
  let more = false;
  /** There is more to be given up than others can open soon. */
  let surplus = false;
  let looking = false;
  /** Counts the rows that were read again though they were last known as connected. */
  let readAgain = 0;

  kept.onAdded((session) => {
    const kind = kinds.find((each) => each.kind === session.lease.kind);
    kind?.held.adopt(session);
  });
  kept.onLost(() => void dropAll(CLOSE_MS));
  engine.live.on("connection.changed", ({ connection: { id, status } }) => {
    if (status.state !== "connected") kept.connected.delete(id);
  });

  const dropAll = (limitMs: number): Promise<ReadonlySet<string>> =>
    waitForClosed(
      engine,
      kinds.flatMap(({ held }) => held.drop(held.ids())),
      limitMs,
    );
  const beating = async (): Promise<Heartbeat> => {
    if (heartbeat?.isAlive()) return heartbeat;
    if (heartbeat !== undefined) {
      heartbeat = undefined;
      await dropAll(CLOSE_MS);
      await presence.letGo();
    }
    heartbeat = await presence.need();
    return heartbeat;
  };
  const giveUp = async ({ held }: Kind, process: string, ids: readonly string[]): Promise<void> => {
    if (ids.length === 0) return;
    await waitForClosed(engine, held.drop(ids), CLOSE_MS);
    await sessions.release(process, ids);
  };
  const look = async (each: Kind, { process }: Heartbeat): Promise<void> => {
    const { kind, held, turn } = each;
    if (!(await turn.isOurs(process))) return giveUp(each, process, held.ids());
    const standing = await sessions.standing(kind);
    if (standing.lapsed > 0) {
      await sessions.reap();
      return look(each, { process, isAlive: () => true });
    }
    const before = held.ids().filter((id) => !kept.linking.has(id));
    const mine = standing.shares.find((share) => share.process === process)?.held ?? 0;
    if (mine !== before.length) await reconcile(each, process, before);
    const target = turn.isShared ? fairShare(standing, process) : Number.POSITIVE_INFINITY;
    const over = held.ids().length - target;
    surplus ||= over > 0;
    const given = Math.min(over, each.mayWait - standing.free);
    if (given > 0) return giveUp(each, process, held.ids().slice(-given));
    const wanted = Math.min(-over, standing.free);
    const room = Math.min(wanted, each.mayWait - held.waiting());
    if (room > 0) await take(each, process, room);
    more ||= room < wanted;
  };
  const take = async ({ kind, held }: Kind, process: string, room: number): Promise<void> => {
    const leases = await sessions.claim(process, kind, room);
    if (started) return held.add(leases);
    const ids = leases.map(({ connectionId }) => connectionId);
    await sessions.release(process, ids);
  };
  // another process took one by linking its number anew, or the answer to a claim was lost
  const reconcile = async ({ kind, held }: Kind, process: string, before: readonly string[]): Promise<void> => {
    const stored = new Map(
      (await sessions.held(process)).filter((lease) => lease.kind === kind).map((lease) => [lease.connectionId, lease]),
    );
    await waitForClosed(engine, held.drop(before.filter((id) => !stored.has(id))), CLOSE_MS);
    if (!started) return;
    held.add([...stored.values()].filter(({ connectionId }) => !held.has(connectionId) && !kept.linking.has(connectionId)));
  };
  const writeSeen = async (): Promise<void> => {
    const seen = [...kept.seen.values()];
    kept.seen.clear();
    if (seen.length === 0) return;
    await storage.connections.touch(seen);
    // another process may have written that one is not connected: one is read again each time, and its next sign of life says that it is
    readAgain += 1;
    const one = seen[readAgain % seen.length];
    const row = one && (await storage.connections.get(one.workspaceId, one.id));
    if (row !== undefined && row.status.state !== "connected") kept.connected.delete(row.id);
  };
  const tick = async (): Promise<void> => {
    await leaving;
    more = false;
    surplus = false;
    const steps = [
      writeSeen,
      ...kinds.map((each) => async () => {
        await look(each, await beating());
        await carryOut(each.kind, each.held, () => started);
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
  // those that are open still are nobody else's until the heartbeat is over
  const leave = async (closed: readonly string[], someOpen: boolean): Promise<void> => {
    await ticking;
    await writeSeen().catch(() => {});
    // before the kind's own lease, or whoever takes that over at once would find nothing free
    if (heartbeat !== undefined) await sessions.release(heartbeat.process, closed).catch(() => {});
    for (const { turn } of kinds) await turn.giveUp();
    if (heartbeat === undefined) return;
    // an attempt to link a number may keep the heartbeat going
    heartbeat = undefined;
    await presence.letGo(someOpen ? "lapse" : undefined);
  };
  const schedule = (): void => {
    looking = true;
    ticking = tick().then(() => {
      looking = false;
      if (started) wait(surplus ? AGAIN_MS : SESSION_TICK_MS);
      for (const { held, mayWait } of kinds) if (held.waiting() < mayWait / 2) lookSoon();
    });
  };
  const isOurTurn = async (): Promise<boolean> => {
    const { process } = await beating();
    for (const { turn } of kinds) if (turn.standsBy && (await turn.isOurs(process))) return true;
    return false;
  };
  const wait = (ms: number): void => {
    if (ms <= STAND_BY_MS || !kinds.some(({ turn }) => turn.standsBy)) {
      cancel = time.after(ms, schedule);
      return;
    }
    cancel = time.after(STAND_BY_MS, () => {
      looking = true;
      ticking = within(time, PRESENCE_MS, isOurTurn())
        // the next look says so
        .catch(() => false)
        .then((isOurs) => {
          looking = false;
          if (started) isOurs ? schedule() : wait(ms - STAND_BY_MS);
        });
    });
  };
  const lookSoon = (): void => {
    if (!more || looking || !started) return;
    more = false;
    cancel();
    cancel = time.after(AGAIN_MS, schedule);
  };

  return {
    start() {
      if (started || kinds.length === 0) return;
      started = true;
      presence.serve(kinds.map(({ kind }) => kind));
      kept.setKeeping(true);
      schedule();
    },
    async stop(limitMs) {
      if (!started) return;
      started = false;
      kept.setKeeping(false);
      presence.serve([]);
      cancel();
      const { clock } = engine.runtime;
      const until = clock.now() + limitMs;
      const ids = kinds.flatMap(({ held }) => held.ids());
      const open = await dropAll(limitMs);
      leaving = leave(
        ids.filter((id) => !open.has(id)),
        open.size > 0,
      );
      if (!(await endsWithin(clock, Math.max(0, until - clock.now()), leaving)))
        log.warn({}, "stopped without waiting any longer for the storage; what this process held is free within nine seconds");
    },
  };
}
