import type { Engine } from "../engine/engine.ts";
import { messageOf } from "../runtime/live.ts";
import { within } from "../time/within.ts";
import { type Holder, readVoices, type Speaker, speakerPath, voiceLock, writeVoices } from "./voice-list.ts";

// a process that ended leaves its lock for a minute, and who verifies a webhook cannot wait for it
const PATIENCE_MS = 1000;

/** Puts a holder that may speak in the place of a witness that may not, so that the next request need not look for one. */
export async function callWitness(engine: Engine, of: Speaker, id: string, witness: Holder): Promise<void> {
  try {
    const noting = engine.locks.during(voiceLock(speakerPath(of)), async (fence) => {
      const list = (await readVoices(engine, of)) ?? [];
      const next = list.map((voice) => (voice.id === id ? { ...voice, witness } : voice));
      await writeVoices(engine, of, next, fence);
    });
    await within(engine.runtime.clock, PATIENCE_MS, noting);
  } catch (error) {
    // the request that is being verified does not depend on it
    engine.runtime.log.warn(
      { channel: of.kind, reason: messageOf(error) },
      "who holds a secret could not be noted; it is looked for again",
    );
  }
}
