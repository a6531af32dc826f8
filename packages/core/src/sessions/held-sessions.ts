import { DEFAULT_RETRY, retryDelayMs } from "../api/backoff.ts";
import { beginClosing, type Closing, closeKept } from "../connections/lines/close-session.ts";
import { applySignals } from "../connections/update.ts";
import type { Engine } from "../engine/engine.ts";
import { isWadeskError, WadeskError } from "../errors/wadesk-error.ts";
import type { SessionEnd } from "../ports/session.ts";
import type { SessionLease } from "../ports/stores/session-store.ts";
import { messageOf } from "../runtime/live.ts";
import type { KeptSession } from "../runtime/sessions/kept-sessions.ts";
import { type ConnectionStatus, isFailedReason } from "../status/connection-status.ts";
import { openSession } from "./open-session.ts";

/** The sessions of one kind that this process holds: open, being opened, or resting until they are tried again. */
export interface HeldSessions {
  readonly ids: () => readonly string[];
  /** How many of them wait to be opened. */
  readonly waiting: () => number;
  has(connectionId: string): boolean;
  /** Opens what was claimed, a few at once. */
  add(leases: readonly SessionLease[]): void;
  /** Holds one that linking has opened, in the place of a former one of its connection. */
  adopt(session: KeptSession): void;
  /** Opens one that rests, without waiting any longer: once for each `asked`, which names who asked. False where it does not rest. */
  wake(connectionId: string, asked: number): boolean;
  /** Has these close, those that are being opened too, and holds them no more. Their leases are left as they are. */
  drop(connectionIds: readonly string[]): readonly Closing[];
}

interface Held {
  readonly lease: SessionLease;
  readonly controller: AbortController;
  kept?: KeptSession;
  /** Settles when it is open, or cannot be opened; absent where nobody opens it at the moment. */
  opening?: Promise<void>;
  attempt: number;
  resting: boolean;
  /** For whom it was last woken. */
  asked?: number;
  cancel: () => void;
}

/** After these no session comes up any more until the number is linked again. */
const FINAL: ReadonlySet<string> = new Set([
  "unlinked",
  "phone_inactive",
  "credentials_rejected",
  "number_mismatch",
  "pair_failed",
  "banned",
  "needs_repair",
]);
const RETRY = { ...DEFAULT_RETRY, longestDelayMs: 5 * 60_000 };
/** Within so many milliseconds one is tried for the first time: most connections are back by then, and those that were cut together do not come in one instant. */
const FIRST_MS = 100;
/** One that was open for so long was a good one: when it ends, the pauses begin anew. */
const STEADY_MS = 60_000;

/** How sessions are opened: so many at once, and who hears whenever one less waits for it. */
export interface OpeningPace {
  readonly openAtOnce: number;
  readonly fewerWait: (waiting: number) => void;
}

/** Makes those of one kind. */
export function createHeldSessions(engine: Engine, { openAtOnce, fewerWait }: OpeningPace): HeldSessions {
  const { clock, log, random } = engine.runtime;
  const { sessions } = engine.storage;
  const held = new Map<string, Held>();
  const waiting: Held[] = [];
  let opening = 0;

  const isHeld = (one: Held): boolean => held.get(one.lease.connectionId) === one && !one.controller.signal.aborted;
  const giveBack = async ({ lease }: Held, wanted: boolean): Promise<void> => {
    held.delete(lease.connectionId);
    if (!wanted) await sessions.want(lease.connectionId, false);
    await sessions.release(lease.process, [lease.connectionId]);
  };
  const rest = (one: Held, ended?: SessionEnd): void => {
    one.attempt += 1;
    one.resting = true;
    one.cancel = () => {};
    if (ended?.openAgain === "asked") return;
    const pauseMs = one.attempt === 1 ? Math.round(FIRST_MS * random()) : retryDelayMs(one.attempt - 1, random(), RETRY);
    const delayMs = pauseMs + (ended?.openAgain.inMs ?? 0);
    one.cancel = clock.after(delayMs, () => enqueue(one));
  };
  const enqueue = (one: Held): void => {
    one.resting = false;
    if (!isHeld(one)) return;
    waiting.push(one);
    next();
  };
  const next = (): void => {
    while (opening < openAtOnce) {
      const one = waiting.shift();
      if (one === undefined) return;
      if (!isHeld(one)) continue;
      opening += 1;
      one.opening = open(one).finally(() => {
        opening -= 1;
        delete one.opening;
        next();
        fewerWait(waiting.length);
      });
    }
  };
  const letGo = (one: Held): void => {
    held.delete(one.lease.connectionId);
    one.cancel();
    one.controller.abort(new WadeskError("lease_lost"));
  };
  const end = async (one: Held): Promise<void> => {
    if (!isHeld(one)) return;
    if (one.kept !== undefined) await closeKept(engine, one.kept);
    await giveBack(one, false);
  };
  const told = (one: Held, status: ConnectionStatus): void => {
    if (!("reason" in status) || !FINAL.has(status.reason)) return;
    end(one).catch((error: unknown) =>
      log.warn({ connectionId: one.lease.connectionId, reason: messageOf(error) }, "a session could not be ended"),
    );
  };
  const keep = (one: Held, kept: KeptSession): void => {
    one.kept = kept;
    const since = engine.time.now();
    const over = (ended?: SessionEnd): void => {
      if (!isHeld(one)) return;
      engine.kept.drop(kept);
      delete one.kept;
      if (engine.time.now() - since >= STEADY_MS) one.attempt = 0;
      rest(one, ended);
    };
    kept.open.ended.then(over, () => over());
  };
  const open = async (one: Held): Promise<void> => {
    const { lease, controller } = one;
    try {
      const kept = await openSession(engine, { lease, controller, told: (status) => told(one, status) });
      if (kept === undefined) return await giveBack(one, false);
      // what it said while it was being opened ended it for good
      if (!isHeld(one)) return await closeKept(engine, kept);
      keep(one, kept);
      engine.kept.add(kept);
    } catch (error) {
      log.warn({ connectionId: lease.connectionId, channel: lease.kind, reason: messageOf(error) }, "a session could not be opened");
      if (isHeld(one)) await failed(one, error).catch(() => {});
    }
  };
  const failed = async (one: Held, error: unknown): Promise<void> => {
    if (isWadeskError(error, "lease_lost")) return void held.delete(one.lease.connectionId);
    rest(one);
    const { lease } = one;
    const row = await engine.storage.connections.get(lease.workspaceId, lease.connectionId);
    const code = isWadeskError(error) && isFailedReason(error.code) ? error.code : undefined;
    const signal = { at: engine.time.now(), epoch: row?.epoch ?? lease.token };
    const health = code === undefined ? { type: "closed" as const, reason: "connection_lost" as const } : { type: "failed" as const, code };
    const { status } = await applySignals(engine, { workspaceId: lease.workspaceId, id: lease.connectionId }, [{ ...signal, ...health }]);
    told(one, status);
  };

  return {
    ids: () => [...held.keys()],
    waiting: () => waiting.length,
    has: (connectionId) => held.has(connectionId),
    add(leases) {
      for (const lease of leases) {
        const one: Held = { lease, controller: new AbortController(), attempt: 0, resting: false, cancel: () => {} };
        held.set(lease.connectionId, one);
        enqueue(one);
      }
    },
    adopt(kept) {
      const { connectionId } = kept.lease;
      const before = held.get(connectionId);
      if (before?.kept === kept) return;
      if (before !== undefined) letGo(before);
      const controller = new AbortController();
      // whoever gives it up ends the session that linking opened
      controller.signal.addEventListener("abort", kept.abort, { once: true });
      const one: Held = { lease: kept.lease, controller, attempt: 0, resting: false, cancel: () => {} };
      kept.told = (status) => told(one, status);
      held.set(connectionId, one);
      keep(one, kept);
    },
    wake(connectionId, asked) {
      const one = held.get(connectionId);
      if (one === undefined || !one.resting || one.asked === asked) return false;
      one.asked = asked;
      one.cancel();
      enqueue(one);
      return true;
    },
    drop: (connectionIds) =>
      connectionIds.flatMap((connectionId) => {
        const one = held.get(connectionId);
        if (one === undefined) return [];
        letGo(one);
        // one that is kept no longer was closed by whoever ended it
        if (one.kept !== undefined) return engine.kept.get(connectionId) === one.kept ? beginClosing(engine, one.kept) : [];
        // what is opened after all is closed by whoever opens it
        return one.opening === undefined ? [] : { connectionId, closed: one.opening };
      }),
  };
}
