import { channelContext, ownerOf } from "../connections/contexts.ts";
import { duringOpened } from "../connections/lines/find-line.ts";
import { tellLater } from "../connections/told-later.ts";
import { updateConnection } from "../connections/update.ts";
import { isEntitled } from "../connections/view.ts";
import type { Engine } from "../engine/engine.ts";
import type { Notice } from "../errors/notice.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { Connection } from "../model/connection.ts";
import type { Connected } from "../ports/channel.ts";
import type { ConnectContext, LinkStep } from "../ports/context.ts";
import { inOwnWords, throwInOwnWords } from "../ports/in-own-words.ts";
import { channelOf } from "../ports/installed-channel.ts";
import { messageOf } from "../runtime/live.ts";
import type { HeldLock } from "../runtime/locks.ts";
import { trimNote, trimStrings } from "../settings/trim-strings.ts";
import { validate } from "../settings/validate.ts";
import { isEnded } from "../status/connection-status.ts";
import { createSealedRecords } from "../vault/sealed-records.ts";
import { voiceWriter } from "../voices/voice-writer.ts";
import { endIfAbandoned } from "./attempts.ts";
import { forgetCancelled, heedCancel, isCancelled } from "./cancel.ts";
import { regionOf } from "./region.ts";
import { openSessionLink, type SessionLink } from "./sessions/session-link.ts";
import { settleSecret } from "../connections/settle-secret.ts";
import { soundStep } from "./sound-step.ts";
import { writeSteps } from "./steps.ts";

/** One attempt to link a number: a first one, or a reconnect of a row that is there. */
export interface LinkAttempt {
  readonly engine: Engine;
  /** The row while it is being linked; of a reconnect, as it stood before. */
  readonly row: Connection;
  readonly input: unknown;
  readonly show: (step: LinkStep) => void;
  readonly controller: AbortController;
  readonly existing: boolean;
}

/** What a successful attempt found. */
export interface Linked {
  readonly connected: Connected<unknown, unknown>;
  readonly warnings: readonly Notice[];
  readonly region: string | undefined;
  /** Of a channel with sessions. */
  readonly session?: SessionLink;
}

/**
 * Has the channel check and link the number, then hands what it found to `store`. What was done at the vendor is undone when storing fails
 * or the attempt was cancelled meanwhile. The account stays locked until the end, so that a disconnect cannot cross.
 */
export async function link(attempt: LinkAttempt, store: (linked: Linked) => Promise<Connection>): Promise<Connection> {
  const { engine, row } = attempt;
  const { signal } = attempt.controller;
  const channel = channelOf(engine.channels, row.channel);
  const locks: HeldLock[] = [];
  const steps: LinkStep[] = [];
  let session: SessionLink | undefined;
  const held: Held = { locks, steps, session, announced: false };
  let stopHeeding = (): void => {};
  try {
    if (signal.aborted) throw new WadeskError("linking_cancelled");
    const { value, fields } = trimStrings(attempt.input);
    const input = await validate(channel.input, value);
    if (channel.session !== undefined) session = await openSessionLink(engine, row, attempt.controller);
    // a cancel that came too late for an attempt before counts for nothing
    if (attempt.existing) await forgetCancelled(engine, row.id);
    stopHeeding = heedCancel(engine, row, attempt.controller);
    held.session = session;
    const connected = await channel.connect(input, connectContext(attempt, held));
    session?.linked();
    const warnings = [...fields.map(trimNote), ...(connected.warnings ?? [])];
    try {
      // a first number's row says it, and is read when it is written
      if (signal.aborted || (attempt.existing && (await isCancelled(engine, row.id)))) throw new WadeskError("linking_cancelled");
      if (connected.route !== row.route && !mayMove(attempt)) throw otherNumber();
      const connection = await store({ connected, warnings, region: await regionOf(connected.phone), ...(session && { session }) });
      await showReady(attempt, steps);
      return connection;
    } catch (error) {
      // a connection that was in use keeps what it has at the vendor, and so does what was linked by somebody else
      if (connected.linkedBefore !== true && (!attempt.existing || isEnded(row.status))) await undo(engine, row, connected);
      session?.refuse();
      await closeUnused(engine, row, connected);
      throw error;
    }
  } catch (error) {
    // a first attempt goes with all its traces
    if (held.announced && attempt.existing) await settleSecret(engine, row, 0);
    if (signal.aborted) throw new WadeskError("linking_cancelled");
    return throwInOwnWords(channel, error);
  } finally {
    stopHeeding();
    await session?.end();
    for (const lock of locks) await lock.release();
  }
}

interface Held {
  announced: boolean;
  readonly locks: HeldLock[];
  readonly steps: LinkStep[];
  session: SessionLink | undefined;
}

function connectContext(attempt: LinkAttempt, held: Held): ConnectContext<unknown> {
  const { engine, row } = attempt;
  const { signal } = attempt.controller;
  const { locks, steps, session } = held;
  return {
    ...channelContext(engine, row.channel),
    connectionId: row.id,
    workspaceId: row.workspaceId,
    records: session?.records ?? createSealedRecords(engine.storage.records, engine.vault, ownerOf(row)),
    ...(session && { voice: session.voice }),
    signal: session?.signal ?? signal,
    async show(step) {
      if (signal.aborted) throw new WadeskError("linking_cancelled");
      await showStep(attempt, steps, soundStep(step));
    },
    async announce(speaker, secret) {
      if (signal.aborted) throw new WadeskError("linking_cancelled");
      held.announced = true;
      await voiceWriter(engine, row.channel)?.keepVoices(engine, row, speaker, secret);
    },
    async claim(route, account) {
      if (signal.aborted) throw new WadeskError("linking_cancelled");
      if (account !== undefined) locks.push(await engine.locks.take(`account/${account}`));
      if (route !== row.route && !mayMove(attempt)) throw otherNumber();
      const owner = await engine.storage.connections.byRoute(route);
      if (owner !== undefined && owner.id !== row.id && !(await forgetAbandoned(engine, owner))) throw numberInUse(owner, row);
      await updateConnection(engine, row.workspaceId, row.id, (current) => {
        refuseChanged(engine, row, current);
        // until the new credentials are proven, the old number stays
        return attempt.existing ? undefined : { route, ...accountOf(account) };
      });
    },
  };
}

async function showStep({ engine, row, show }: LinkAttempt, steps: LinkStep[], given: LinkStep): Promise<void> {
  const channel = engine.channels.get(row.channel);
  const step = given.type === "check" && given.detail !== undefined ? { ...given, detail: inOwnWords(channel, given.detail) } : given;
  steps.push(step);
  await writeSteps(engine, row, steps);
  show(step);
  engine.live.emit("connection.step", { workspaceId: row.workspaceId, connectionId: row.id, step });
}

// the connection stands, whether that can be shown or not
async function showReady(attempt: LinkAttempt, steps: LinkStep[]): Promise<void> {
  const { engine, row } = attempt;
  await showStep(attempt, steps, { type: "ready" }).catch((error: unknown) =>
    engine.runtime.log.warn({ connectionId: row.id, reason: messageOf(error) }, "that a connection is ready could not be shown"),
  );
}

/**
 * The row as it stands now, unless somebody disconnected it, or connected it anew, while the attempt was under way. A session that is opened again draws an
 * epoch too, and two pairings of one number exclude each other.
 */
export function refuseChanged(engine: Engine, before: Connection, current: Connection): Connection {
  const sessions = channelOf(engine.channels, before.channel).session !== undefined && before.connectedAt !== undefined;
  const changed = sessions ? isEnded(current.status) && !isEnded(before.status) : current.epoch !== before.epoch;
  if (changed) throw new WadeskError("linking_cancelled");
  return current;
}

// a row that never came to be linked has no number of its own yet
function mayMove({ engine, row, existing }: LinkAttempt): boolean {
  return !existing || row.connectedAt === undefined || channelOf(engine.channels, row.channel).movable === true;
}

async function forgetAbandoned(engine: Engine, owner: Connection): Promise<boolean> {
  return (await isEntitled(engine, owner)) ? endIfAbandoned(engine, owner) : release(engine, owner);
}

// the admin took the number away: its former holder keeps its row, which says so, and lets go of the route
async function release(engine: Engine, owner: Connection): Promise<boolean> {
  const since = engine.time.now();
  await updateConnection(engine, owner.workspaceId, owner.id, () => ({
    route: `released:${owner.id}`,
    status: { state: "failed", reason: "credentials_rejected", since },
  }));
  return true;
}

// another workspace's owner is never named
function numberInUse(owner: Connection, row: Connection): WadeskError {
  if (owner.workspaceId !== row.workspaceId) return new WadeskError("number_in_use");
  return new WadeskError("number_in_use", { detail: `this workspace has it as ${owner.id}; use reconnect() to give it new credentials` });
}

function otherNumber(): WadeskError {
  return new WadeskError("number_mismatch", {
    detail: "these credentials are for another number; connect that one as a connection of its own",
  });
}

/** An account as a spread, absent when there is none. */
export function accountOf(account: string | undefined): { readonly account?: string } {
  return account === undefined ? {} : { account };
}

/** The speaker of what a channel has connected as a spread, absent when there is none. */
export function speakerIn({ speaker }: Connected<unknown, unknown>): { readonly speaker?: string } {
  return speaker === undefined ? {} : { speaker };
}

// a vendor that could not be told leaves a socket all the same
async function closeUnused(engine: Engine, row: Connection, { session }: Connected<unknown, unknown>): Promise<void> {
  if (session === undefined || engine.kept.all().some(({ open }) => open === session)) return;
  await session
    .close()
    .catch((error: unknown) =>
      engine.runtime.log.warn(
        { connectionId: row.id, reason: messageOf(error) },
        "the session of a failed connection attempt could not be closed",
      ),
    );
}

async function undo(engine: Engine, row: Connection, connected: Connected<unknown, unknown>): Promise<void> {
  const { route, account, phone, details } = connected;
  const linked: Connection = {
    ...row,
    route,
    details,
    ...accountOf(account),
    ...speakerIn(connected),
    ...(phone !== undefined && { phone }),
  };
  try {
    if ((await duringOpened(engine, linked, connected, (line) => line.disconnect())) === "later") await tellLater(engine, linked);
  } catch (error) {
    engine.runtime.log.warn(
      { channel: row.channel, reason: messageOf(error) },
      "a connection attempt failed and could not be undone at the provider",
    );
  }
}
