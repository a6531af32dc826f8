import type { Engine } from "../client/engine.ts";
import type { Connection } from "../model/connection.ts";
import { messageOf } from "../runtime/live.ts";
import { enterVoices } from "./enter-voices.ts";
import { signingTexts, speakerOf } from "./speaker-of.ts";
import { readVoices, type Speaker, speakerPath, type Voice, voiceLock } from "./voice-list.ts";

const AT_ONCE = 16;

/** The list of a speaker, made where none was yet. */
export async function listOrBuilt(engine: Engine, of: Speaker): Promise<readonly Voice[]> {
  return (await readVoices(engine, of)) ?? build(engine, of);
}

/**
 * Makes the list of a speaker from the connections that were there before lists were kept. They had their account for a speaker. Where there is none,
 * nothing is written: a stranger may ask for any name.
 */
async function build(engine: Engine, of: Speaker): Promise<readonly Voice[]> {
  if ((await rowsOf(engine, of)).length === 0) return [];
  return engine.locks.during(voiceLock(speakerPath(of)), async (fence) => {
    const built = await readVoices(engine, of);
    if (built !== undefined) return built;
    const holders = await holdersByText(engine, of);
    return enterVoices(engine, of, [], holders, fence);
  });
}

async function rowsOf(engine: Engine, { kind, speaker }: Speaker): Promise<readonly Connection[]> {
  const rows = (await engine.storage.connections.byAccount(speaker)).filter(({ channel }) => channel === kind);
  const speakers = await Promise.all(rows.map((row) => speakerOf(engine, row)));
  return rows.filter((_, index) => speakers[index] === speaker);
}

/** Whose present secrets sign. Replaced ones of before are left out: nobody knows for which account they spoke. */
async function holdersByText(engine: Engine, of: Speaker): Promise<ReadonlyMap<string, readonly Connection[]>> {
  const rest = [...(await rowsOf(engine, of))];
  const found = new Map<string, Connection[]>();
  const read = async (): Promise<void> => {
    for (let row = rest.shift(); row !== undefined; row = rest.shift()) {
      for (const text of await textsOf(engine, row)) found.set(text, [...(found.get(text) ?? []), row]);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, read));
  return found;
}

async function textsOf(engine: Engine, { id: connectionId, channel }: Connection): Promise<readonly string[]> {
  try {
    return signingTexts(engine, channel, await engine.secrets.read({ connectionId, channel }));
  } catch (error) {
    // it must not keep its neighbours on the account from being heard
    engine.runtime.log.error({ connectionId, reason: messageOf(error) }, "the credentials of a connection do not open; reconnect it");
    return [];
  }
}
