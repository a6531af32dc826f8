import { storableValue } from "../../encoding/storable.ts";
import type { Engine } from "../../engine/engine.ts";
import { WadeskError } from "../../errors/wadesk-error.ts";
import type { SessionVoice } from "../../ports/session-voice.ts";
import type { SessionLease } from "../../ports/stores/session-store.ts";
import { messageOf } from "../../runtime/live.ts";
import type { ConnectionStatus } from "../../status/connection-status.ts";
import { applySignals, factsChange, updateConnection } from "../update.ts";

/** Whose session speaks, under which lease and for how long. */
export interface SessionSpeaker {
  readonly lease: SessionLease;
  readonly signal: AbortSignal;
  /** Hears each status that it brought about. */
  readonly told: (status: ConnectionStatus) => void;
}

/** What a session says, heard under its lease. */
export function sessionVoice(engine: Engine, { lease, signal, told }: SessionSpeaker): SessionVoice {
  const { log } = engine.runtime;
  const { connected, seen } = engine.kept;
  const { workspaceId, connectionId, kind, token } = lease;
  const quietMs = (engine.channels.get(kind)?.silenceLimitMs ?? Number.POSITIVE_INFINITY) / 2;
  // after half of the time that it may be silent, another process may soon write down that it is
  const isKnown = (): boolean => engine.time.now() - (connected.get(connectionId) ?? Number.NEGATIVE_INFINITY) < quietMs;
  let waiting = 0;
  let before: Promise<void> = Promise.resolve();
  // one after the other, or a later one would be written first
  const inTurn = (write: () => Promise<void>): void => {
    waiting += 1;
    before = before.then(async () => {
      try {
        await write();
      } catch (error) {
        log.warn({ connectionId, reason: messageOf(error) }, "what a session said of its connection could not be kept");
      } finally {
        waiting -= 1;
      }
    });
  };
  return {
    report(health) {
      if (signal.aborted) return;
      if (health.type === "alive" && waiting === 0 && health.unrestricted !== true && isKnown()) {
        connected.set(connectionId, engine.time.now());
        seen.set(connectionId, { workspaceId, id: connectionId, epoch: token, at: health.at });
        return;
      }
      inTurn(async () => {
        const { status } = await applySignals(engine, { workspaceId, id: connectionId }, [{ ...health, epoch: token }]);
        if (status.state === "connected") connected.set(connectionId, engine.time.now());
        told(status);
      });
    },
    learn({ facts, warnings }) {
      if (signal.aborted) return;
      inTurn(async () => {
        await updateConnection(engine, workspaceId, connectionId, (row) =>
          // a later session knows better
          row.epoch > token
            ? undefined
            : { ...factsChange(row, facts), ...(warnings !== undefined && { warnings: storableValue(warnings) }) },
        );
      });
    },
    after: engine.time.after,
    async receive(events) {
      if (signal.aborted) throw new WadeskError("lease_lost");
      const row = await engine.connectionOf(workspaceId, connectionId);
      // its own alone: a session speaks for nobody else
      const own = events.filter(({ route, scope }) => scope === undefined && route === row?.route);
      if (own.length < events.length)
        log.warn({ connectionId, count: events.length - own.length }, "what a session said of another connection was passed over");
      if (own.length > 0) await engine.kept.receive(kind, own, row?.speaker);
    },
  };
}
