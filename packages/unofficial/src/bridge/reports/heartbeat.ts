import type { Clock, Connection, Logger } from "@wadesk/core";
import { MOST_REPORTED } from "../../bridge-protocol/messages/reports.ts";
import type { UnofficialDetails } from "../../details.ts";
import { type BridgeClient, linkedNumbers } from "../calls/numbers.ts";
import type { StoppedNumbers } from "../calls/stopped-numbers.ts";
import type { Reporter } from "./reporter.ts";
import { standingOf } from "./standing.ts";

/** Tells the app how all numbers are, again and again, and at once when one turns. */
export interface Heartbeat {
  start(): void;
  /** Resolves when nothing more is told. */
  stop(): Promise<void>;
}

/** What it works with. */
export interface HeartbeatTools {
  readonly client: BridgeClient;
  readonly reporter: Reporter;
  readonly stopped: Pick<StoppedNumbers, "goOn">;
  readonly clock: Clock;
  readonly log: Logger;
}

/** An app that has not heard of a number for 90 seconds takes it for disconnected. */
const BEAT_MS = 30_000;
/** So long what turns is gathered, in milliseconds. */
const GATHER_MS = 100;
/** A number that was disconnected is forgotten after so many milliseconds: what came in before has reached the app then. */
const FORGET_MS = 10 * 60_000;

/** Makes it. */
export function createHeartbeat({ client, reporter, stopped, clock, log }: HeartbeatTools): Heartbeat {
  const { wadesk, now } = client;
  const turned = new Set<string>();
  let started = false;
  let cancelBeat = (): void => {};
  let cancelTurn: (() => void) | undefined;
  let telling: Promise<void> = Promise.resolve();

  const tell = async (wanted: (connection: Connection) => boolean): Promise<void> => {
    let batch: Connection<UnofficialDetails>[] = [];
    const send = async (): Promise<boolean> => {
      const told = batch;
      batch = [];
      if (told.length === 0) return true;
      const from = now();
      const taken = await reporter.numbers(told.map((connection) => standingOf(connection, from)));
      // the app stops what it does not know before it answers
      if (taken) await stopped.goOn(told, from);
      return taken;
    };
    for await (const connection of linkedNumbers(client)) {
      if (await forgets(connection)) continue;
      if (wanted(connection)) batch.push(connection);
      // an app that does not answer the first does not get the others
      if (batch.length === MOST_REPORTED && !(await send())) return;
    }
    await send();
  };
  const forgets = async ({ id, workspaceId, status }: Connection): Promise<boolean> => {
    if (status.state !== "disconnected" || status.reason !== "requested" || now() - status.since < FORGET_MS || reporter.isWaiting())
      return false;
    await wadesk.workspace(workspaceId).remove(id);
    return true;
  };
  const soon = (wanted: (connection: Connection) => boolean): void => {
    telling = telling
      .then(() => tell(wanted))
      .catch((error: unknown) =>
        log.warn(
          { reason: error instanceof Error ? error.message : "unknown" },
          "how the numbers are could not be told; it is told with the next heartbeat",
        ),
      );
  };
  const beat = (): void => {
    soon(() => true);
    cancelBeat = clock.after(BEAT_MS, beat);
  };
  wadesk.on("connection.changed", ({ connection: { id } }) => {
    if (!started) return;
    turned.add(id);
    cancelTurn ??= clock.after(GATHER_MS, () => {
      cancelTurn = undefined;
      const ids = new Set(turned);
      turned.clear();
      soon(({ id: each }) => ids.has(each));
    });
  });
  return {
    start() {
      if (started) return;
      started = true;
      beat();
    },
    async stop() {
      started = false;
      cancelBeat();
      cancelTurn?.();
      cancelTurn = undefined;
      await telling;
    },
  };
}
