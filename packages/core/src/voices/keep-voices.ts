import type { Engine } from "../engine/engine.ts";
import type { Connection } from "../model/connection.ts";
import { doesNotOpen } from "../vault/vault.ts";
import { listOrBuilt } from "./build-voices.ts";
import { enterVoices, openVoices } from "./enter-voices.ts";
import { speakerOf, voicedTexts } from "./speaker-of.ts";
import { holderNamespace, readVoices, type Speaker, speakerPath, voiceLock } from "./voice-list.ts";
import { withdraw } from "./withdraw-voices.ts";

type Row = Pick<Connection, "id" | "workspaceId" | "channel">;

/** Where it stands, by name, for whom a connection has signed, so that nothing of it stays when it goes. */
function markNamespace(connectionId: string): string {
  return `voice-of/${connectionId}/`;
}

/** The lists of one speaker: of what signs, and of what answers challenges. */
function listsOf(kind: string, speaker: string): readonly Speaker[] {
  return [
    { kind, speaker },
    { kind, speaker, use: "challenge" },
  ];
}

/**
 * Enters what a connection's secret signs with, and what answers challenges. Called before the secret counts: a voice that is entered too early is refused by its holder's row, and
 * one that is entered too late would be a connection that hears nothing.
 */
export async function keepVoices(engine: Engine, row: Row, speaker: string | undefined, secret: unknown): Promise<void> {
  if (speaker === undefined) return;
  for (const of of listsOf(row.channel, speaker)) await keepIn(engine, of, row, voicedTexts(engine, of, secret));
}

async function keepIn(engine: Engine, of: Speaker, row: Row, texts: readonly string[]): Promise<void> {
  if (texts.length === 0) return;
  // those of before lists were kept come first, or a list of one would pass for the whole
  await listOrBuilt(engine, of);
  await engine.storage.records.set(markNamespace(row.id), new Map([[of.speaker, { value: new Uint8Array() }]]));
  await engine.locks.during(voiceLock(speakerPath(of)), async (fence) => {
    const holders = new Map(texts.map((text) => [text, [row]]));
    await enterVoices(engine, of, (await readVoices(engine, of)) ?? [], holders, fence);
  });
}

/** The same for a connection whose vendor has just taken its secret, unless all of it is there. */
export async function keepProvenVoices(engine: Engine, row: Connection, secret: unknown): Promise<void> {
  const speaker = await speakerOf(engine, row);
  if (speaker === undefined) return;
  const lists = listsOf(row.channel, speaker)
    .map((of) => ({ of, texts: voicedTexts(engine, of, secret) }))
    .filter(({ texts }) => texts.length > 0);
  if (lists.length === 0) return;
  const isMarked = (await engine.storage.records.get(markNamespace(row.id), [speaker])).has(speaker);
  for (const { of, texts } of lists) if (!isMarked || !(await areKept(engine, of, row, texts))) await keepIn(engine, of, row, texts);
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
  for (const former of await markedSpeakers(engine, row)) {
    for (const of of listsOf(row.channel, former)) {
      const texts = voicedTexts(engine, of, secret);
      await withdraw(engine, of, row, former === speaker ? { texts, endsAt: engine.time.now() + lifeMs } : undefined);
    }
    if (former !== speaker) await engine.storage.records.set(markNamespace(row.id), new Map([[former, undefined]]));
  }
}

/** Withdraws everything that a connection has signed with. May be repeated. */
export async function dropVoices(engine: Engine, row: Row): Promise<void> {
  const speakers = new Set(await markedSpeakers(engine, row));
  const own = await ownSpeaker(engine, row);
  if (own !== undefined) speakers.add(own);
  for (const speaker of speakers) for (const of of listsOf(row.channel, speaker)) await withdraw(engine, of, row);
  await engine.storage.records.clear(markNamespace(row.id));
}

// where connections hold nothing that signs there is nothing to withdraw, and whose they are may depend on settings that do not open any more
async function ownSpeaker(engine: Engine, { workspaceId, id, channel }: Row): Promise<string | undefined> {
  if (engine.channels.get(channel)?.webhook?.signingSecrets === undefined) return undefined;
  const stored = await engine.storage.connections.get(workspaceId, id);
  return stored && speakerOf(engine, stored).catch((error: unknown) => ifUnopened(error, stored.speaker));
}

// a connection must be forgotten though the settings that say whose it is do not open: what it has signed with is marked
function ifUnopened(error: unknown, speaker: string | undefined): string | undefined {
  if (doesNotOpen(error)) return speaker;
  throw error;
}

async function markedSpeakers({ storage }: Engine, row: Row): Promise<readonly string[]> {
  return (await storage.records.scan(markNamespace(row.id))).items.map(({ key }) => key);
}
