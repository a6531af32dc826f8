import { applySignals, updateConnection } from "../connections/update.ts";
import type { Engine } from "../engine/engine.ts";
import { isWadeskError } from "../errors/wadesk-error.ts";
import type { Connection } from "../model/connection.ts";
import { statusAt } from "../status/connection-status.ts";
import type { UpkeepTask } from "./upkeep.ts";

const BATCH = 100;

/** Writes down that a connection has fallen silent, so that the listeners of `connection.changed` hear of it: once, from one process. */
export function sweepSilent(engine: Engine): UpkeepTask {
  return {
    name: "silent connections",
    async run({ isHeld }) {
      for (const { kind, silenceLimitMs } of engine.channels.values()) {
        if (silenceLimitMs === undefined) continue;
        for (let more = true; more && isHeld(); ) {
          const rows = await engine.storage.connections.silent(kind, engine.time.now() - silenceLimitMs, BATCH);
          let moved = 0;
          for (const row of rows) if (isHeld() && (await turnSilent(engine, row, silenceLimitMs))) moved += 1;
          // rows that cannot be moved now would come again and again
          more = rows.length === BATCH && moved > 0;
        }
      }
    },
  };
}

async function turnSilent(engine: Engine, { workspaceId, id }: Connection, limitMs: number): Promise<boolean> {
  let seenAt: number | undefined;
  let moved = false;
  try {
    await updateConnection(engine, workspaceId, id, (current) => {
      const status = statusAt(current, engine.time.now(), limitMs);
      seenAt = current.lastSeenAt;
      moved = current.status.state === "connected" && status.state === "disconnected";
      return moved ? { status } : undefined;
    });
    if (moved) await reviveHeard(engine, workspaceId, id, seenAt ?? 0);
  } catch (error) {
    // removed, or changed by somebody else again and again: no matter for a sweep
    if (!isWadeskError(error)) throw error;
    return false;
  }
  return moved;
}

// a heartbeat counts no version, so one may have come in between
async function reviveHeard(engine: Engine, workspaceId: string, id: string, seenAt: number): Promise<void> {
  const row = await engine.storage.connections.get(workspaceId, id);
  if (row?.lastSeenAt === undefined || row.lastSeenAt <= seenAt) return;
  await applySignals(engine, row, [{ type: "alive", at: row.lastSeenAt, epoch: row.epoch }]);
}
