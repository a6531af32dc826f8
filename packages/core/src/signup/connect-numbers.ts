import { remove } from "../connections/end.ts";
import type { Engine } from "../engine/engine.ts";
import { type FailureData, isWadeskError, WadeskError } from "../errors/wadesk-error.ts";
import { connect } from "../linking/connect.ts";
import { startLinking } from "../linking/linking.ts";
import { messageOf } from "../runtime/live.ts";
import type { StoredAttempt, StoredNumber } from "./stored-attempt.ts";

/** What connecting needs of the signup. */
export interface ConnectTools {
  /** Keeps the attempt as it now stands. */
  readonly save: (attempt: StoredAttempt) => Promise<void>;
  /** Does what is left to do for a number once it is connected, and answers which checks there are then and what it failed with; absent where that is nothing. */
  readonly follow?: (number: StoredNumber & { readonly input: unknown }, attempt: StoredAttempt) => Promise<Followed>;
}

/** What became of it. */
export interface Followed {
  readonly checks: StoredAttempt["checks"];
  /** What the channel has kept of it, for another time. */
  readonly kept?: unknown;
  readonly error?: unknown;
}

/**
 * Connects each chosen number that is not connected yet, one after the other, in the ordinary way: its limits hold, and one that fails undoes nothing. Each step
 * is kept before the next, so that whoever goes on after a death does not connect a number twice.
 */
export async function connectNumbers(engine: Engine, begun: StoredAttempt, { save, follow }: ConnectTools): Promise<StoredAttempt> {
  let attempt = begun;
  const keep = async (index: number, number: StoredNumber): Promise<void> => {
    attempt = { ...attempt, numbers: attempt.numbers.with(index, number) };
    await save(attempt);
  };
  for (const [index, number] of begun.numbers.entries()) {
    const { input, failure: _former, due, ...shown } = number;
    if (number.state === "connected" && due === undefined) continue;
    // kept before it is done: whoever goes on after a death does it once more
    const left = follow === undefined ? {} : { input, due: true as const };
    const done = async (connected: StoredNumber): Promise<void> => {
      const followed = await follow?.({ ...connected, input }, attempt);
      if (followed === undefined) return;
      if (isWadeskError(followed.error, "lease_lost")) throw followed.error;
      attempt = { ...attempt, checks: followed.checks };
      const failure = followed.error === undefined ? undefined : failureOf(engine, attempt, followed.error);
      const { kept } = followed;
      if (failure !== undefined) await keep(index, { ...connected, ...left, ...(kept !== undefined && { kept }), failure });
      else if (connected.due !== undefined) await keep(index, withoutRest(connected));
    };
    if (number.state === "connected") {
      await done({ ...shown, ...left });
      continue;
    }
    if ((await becameOf(engine, attempt, number)) === "connected") {
      await keep(index, { ...shown, ...left, state: "connected" });
      await done({ ...shown, ...left, state: "connected" });
      continue;
    }
    const connectionId = `con_${engine.runtime.randomId()}`;
    await keep(index, { ...shown, state: "waiting", input, connectionId });
    try {
      await startLinking(connectionId, connect(engine, attempt.workspaceId, attempt.kind, input, connectionId));
    } catch (error) {
      if (isWadeskError(error, "lease_lost")) throw error;
      const { connectionId: _gone, ...rest } = shown;
      await keep(index, { ...rest, state: "failed", input, failure: failureOf(engine, attempt, error) });
      continue;
    }
    await keep(index, { ...shown, ...left, state: "connected", connectionId });
    await done({ ...shown, ...left, state: "connected", connectionId });
  }
  attempt = { ...attempt, at: "done" };
  await save(attempt);
  return attempt;
}

// its process may have ended between the connect and the word of it, or before: what it began holds the number for a while longer, and is in our way alone
async function becameOf(engine: Engine, { workspaceId }: StoredAttempt, { connectionId }: StoredNumber): Promise<"connected" | "nothing"> {
  if (connectionId === undefined) return "nothing";
  const row = await engine.storage.connections.get(workspaceId, connectionId);
  if (row?.connectedAt !== undefined) return "connected";
  if (row !== undefined) await remove(engine, workspaceId, connectionId);
  return "nothing";
}

function withoutRest({ input: _input, due: _due, kept: _kept, ...shown }: StoredNumber): StoredNumber {
  return shown;
}

function failureOf({ runtime }: Engine, { id, kind }: StoredAttempt, error: unknown): FailureData {
  if (isWadeskError(error)) return error.toJSON();
  runtime.log.error({ signup: id, channel: kind, reason: messageOf(error) }, "a number of a signup could not be connected");
  return new WadeskError("provider_unavailable").toJSON();
}
