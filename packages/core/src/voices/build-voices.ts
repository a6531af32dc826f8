import type { Engine } from "../engine/engine.ts";
import type { Connection } from "../model/connection.ts";
import type { Fence } from "../ports/stores/record-store.ts";
import { messageOf } from "../runtime/live.ts";
import { doesNotOpen } from "../vault/vault.ts";
import { enterVoices } from "./enter-voices.ts";
import { isTrusted, speakerOf, voicedTexts } from "./speaker-of.ts";
import { isDue, readAgainAt, readList, readVoices, type Speaker, speakerPath, type Voice, voiceLock } from "./voice-list.ts";

const AT_ONCE = 16;
/** How long a list stands of which something could not be opened. */
const AGAIN_MS = 10 * 60 * 1000;

/** The list of a speaker, made where none was yet, or where not all of it could be read. */
export async function listOrBuilt(engine: Engine, of: Speaker): Promise<readonly Voice[]> {
  const { voices, again } = await readList(engine, of);
  if (voices !== undefined && !isDue(again, engine.time.now())) return voices;
  return buildVoices(engine, of);
}

/**
 * Makes the list of a speaker from the connections that were there before lists were kept. They had their account for a speaker. Where there is none,
 * nothing is written: a stranger may ask for any name.
 */
async function buildVoices(engine: Engine, of: Speaker): Promise<readonly Voice[]> {
  if ((await rowsOf(engine, of)).length === 0) return (await readVoices(engine, of)) ?? [];
  return engine.locks.during(voiceLock(speakerPath(of)), (fence) => build(engine, of, fence));
}

/** The list of a speaker or, where it could not be made, the texts that would be in it. */
export type ListOrTexts = { readonly voices: readonly Voice[] } | { readonly texts: readonly string[] };

/**
 * The same for who verifies a webhook and cannot wait: while another holds the list, who may have ended, it is answered what the connections hold, and
 * nothing is written.
 */
export async function buildUnlessHeld(engine: Engine, of: Speaker): Promise<ListOrTexts> {
  if ((await rowsOf(engine, of)).length === 0) return { voices: (await readVoices(engine, of)) ?? [] };
  const lock = await engine.locks.takeIfFree(voiceLock(speakerPath(of)));
  if (lock === undefined) {
    const voices = await readVoices(engine, of);
    return voices === undefined ? { texts: await trustedTexts(engine, of) } : { voices };
  }
  try {
    return { voices: await build(engine, of, lock.fence) };
  } finally {
    await lock.release();
  }
}

async function build(engine: Engine, of: Speaker, fence: Fence): Promise<readonly Voice[]> {
  const { voices, again } = await readList(engine, of);
  if (voices !== undefined && !isDue(again, engine.time.now())) return voices;
  const { holders, unopened } = await holdersByText(engine, of);
  // before the list: a process that ends in between must not leave one that passes for whole
  await readAgainAt(engine, of, unopened > 0 ? engine.time.now() + AGAIN_MS : undefined);
  return enterVoices(engine, of, voices ?? [], holders, fence);
}

// by the rule of `stands`: where nobody on the account is better, those that are there count
async function trustedTexts(engine: Engine, of: Speaker): Promise<readonly string[]> {
  const { holders } = await holdersByText(engine, of);
  const anyTrusted = (await rowsOf(engine, of)).some(isTrusted);
  return [...holders].filter(([, rows]) => !anyTrusted || rows.some(isTrusted)).map(([text]) => text);
}

/** The connections on an account that have it for a speaker. */
export async function rowsOf(engine: Engine, { kind, speaker }: Speaker): Promise<readonly Connection[]> {
  const rows = (await engine.storage.connections.byAccount(speaker)).filter(({ channel }) => channel === kind);
  const speakers = await Promise.all(rows.map((row) => speakerOf(engine, row)));
  return rows.filter((_, index) => speakers[index] === speaker);
}

interface Found {
  readonly holders: ReadonlyMap<string, readonly Connection[]>;
  /** How many secrets do not open with the keys of this process; another may have them. */
  readonly unopened: number;
}

/** Whose present secrets sign. Replaced ones of before are left out: nobody knows for which account they spoke. */
async function holdersByText(engine: Engine, of: Speaker): Promise<Found> {
  const rest = [...(await rowsOf(engine, of))];
  const holders = new Map<string, Connection[]>();
  let unopened = 0;
  const read = async (): Promise<void> => {
    for (let row = rest.shift(); row !== undefined; row = rest.shift()) {
      const texts = await textsOf(engine, of, row);
      if (texts === undefined) unopened += 1;
      for (const text of texts ?? []) holders.set(text, [...(holders.get(text) ?? []), row]);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, read));
  return { holders, unopened };
}

async function textsOf(engine: Engine, of: Speaker, { id: connectionId, channel }: Connection): Promise<readonly string[] | undefined> {
  try {
    return voicedTexts(engine, of, await engine.secrets.read({ connectionId, channel }));
  } catch (error) {
    // a storage that fails would leave a list without it, and the connection deaf
    if (!doesNotOpen(error)) throw error;
    // it must not keep its neighbours on the account from being heard
    engine.runtime.log.error({ connectionId, reason: messageOf(error) }, "the credentials of a connection do not open; reconnect it");
    return undefined;
  }
}
