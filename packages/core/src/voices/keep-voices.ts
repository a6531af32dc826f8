import type { Engine } from "../engine/engine.ts";
import type { Connection } from "../model/connection.ts";
import { listOrBuilt } from "./build-voices.ts";
import { enterVoices, openVoices } from "./enter-voices.ts";
import { signingTexts, speakerOf } from "./speaker-of.ts";
import { holderNamespace, readVoices, type Speaker, speakerPath, voiceLock } from "./voice-list.ts";
import { withdraw } from "./withdraw-voices.ts";

type Row = Pick<Connection, "id" | "workspaceId" | "channel">;

/** Where it stands, by name, for whom a connection has signed, so that nothing of it stays when it goes. */
function markNamespace(connectionId: string): string {
  return `voice-of/${connectionId}/`;
}

/**
 * Enters what a connection's secret signs with. Called before the secret counts: a voice that is entered too early is refused by its holder's row, and
 * one that is entered too late would be a connection that hears nothing.
 */
export async function keepVoices(engine: Engine, row: Row, speaker: string | undefined, secret: unknown): Promise<void> {
  const texts = signingTexts(engine, row.channel, secret);
  if (speaker === undefined || texts.length === 0) return;
  const of = { kind: row.channel, speaker };
  // those of before lists were kept come first, or a list of one would pass for the whole
  await listOrBuilt(engine, of);
  await engine.storage.records.set(markNamespace(row.id), new Map([[speaker, { value: new Uint8Array() }]]));
  await engine.locks.during(voiceLock(speakerPath(of)), async (fence) => {
    const holders = new Map(texts.map((text) => [text, [row]]));
    await enterVoices(engine, of, (await readVoices(engine, of)) ?? [], holders, fence);
  });
}

/** The same for a connection whose vendor has just taken its secret, unless all of it is there. */
export async function keepProvenVoices(engine: Engine, row: Connection, secret: unknown): Promise<void> {
  const speaker = await speakerOf(engine, row);
  const texts = signingTexts(engine, row.channel, secret);
  if (speaker === undefined || texts.length === 0) return;
  const isMarked = (await engine.storage.records.get(markNamespace(row.id), [speaker])).has(speaker);
  if (!isMarked || !(await areKept(engine, { kind: row.channel, speaker }, row, texts))) await keepVoices(engine, row, speaker, secret);
}

// the list itself is looked at: a process of an earlier version, or one that ended half-way, leaves a mark that says nothing of this secret
async function areKept(engine: Engine, of: Speaker, row: Row, texts: readonly string[]): Promise<boolean> {
  const lasting = ((await readVoices(engine, of)) ?? []).filter(({ until }) => until === undefined);
  const opened = await openVoices(engine, of, lasting);
  for (const text of texts) {
    const voice = lasting.find(({ id }) => opened.get(id) === text);
    if (voice === undefined || !(await engine.storage.records.get(holderNamespace(of, voice.id), [row.id])).has(row.id)) return false;
  }
  return true;
}

/** Once a connection's new secret counts: former ones of the same speaker have `lifeMs` left, and those of another speaker are gone. */
export async function settleVoices(engine: Engine, row: Connection, secret: unknown, lifeMs: number): Promise<void> {
  const speaker = await speakerOf(engine, row);
  const texts = signingTexts(engine, row.channel, secret);
  for (const former of await markedSpeakers(engine, row)) {
    const remainder = former === speaker ? { texts, endsAt: engine.time.now() + lifeMs } : undefined;
    await withdraw(engine, { kind: row.channel, speaker: former }, row, remainder);
    if (former !== speaker) await engine.storage.records.set(markNamespace(row.id), new Map([[former, undefined]]));
  }
}

/** Withdraws everything that a connection has signed with. May be repeated. */
export async function dropVoices(engine: Engine, row: Row): Promise<void> {
  const speakers = new Set(await markedSpeakers(engine, row));
  const own = await ownSpeaker(engine, row);
  if (own !== undefined) speakers.add(own);
  for (const speaker of speakers) await withdraw(engine, { kind: row.channel, speaker }, row);
  await engine.storage.records.clear(markNamespace(row.id));
}

// where connections hold nothing that signs there is nothing to withdraw, and whose they are may depend on settings that do not open any more
async function ownSpeaker(engine: Engine, { workspaceId, id, channel }: Row): Promise<string | undefined> {
  if (engine.channels.get(channel)?.webhook?.signingSecrets === undefined) return undefined;
  const stored = await engine.storage.connections.get(workspaceId, id);
  return stored && speakerOf(engine, stored);
}

async function markedSpeakers({ storage }: Engine, row: Row): Promise<readonly string[]> {
  return (await storage.records.scan(markNamespace(row.id))).items.map(({ key }) => key);
}
