import { rowOf } from "./view.ts";
import type { Engine } from "../engine/engine.ts";
import type { Connection } from "../model/connection.ts";
import { messageOf } from "../runtime/live.ts";
import { voiceWriter } from "../voices/voice-writer.ts";

/**
 * Leaves in the lists what a connection's present secret signs with, and what it has replaced for `lifeMs` milliseconds more. Does not reject: what is left
 * over is refused by the connection's row, and goes with it at the latest.
 */
export async function settleSecret(engine: Engine, row: Connection, lifeMs: number): Promise<void> {
  try {
    const secret = await engine.secrets.read({ connectionId: row.id, channel: row.channel });
    await voiceWriter(engine, row.channel)?.settleVoices(engine, await rowOf(engine, row.workspaceId, row.id), secret, lifeMs);
  } catch (error) {
    engine.runtime.log.warn(
      { connectionId: row.id, reason: messageOf(error) },
      "the former secret of a reconnected number is left in the list",
    );
  }
}
