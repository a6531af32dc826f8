import type { Engine } from "../engine/engine.ts";
import type { Connection } from "../model/connection.ts";
import { doesNotOpen } from "../vault/vault.ts";
import { callWitness } from "./call-witness.ts";
import { isTrusted, speakerOf, voicedTexts } from "./speaker-of.ts";
import { type Holder, holderNamespace, type Speaker, type Voice } from "./voice-list.ts";

/** Whether a secret that has verified a request is still held by a connection of the speaker that may speak. */
export async function stands(engine: Engine, of: Speaker, voice: Voice, text: string): Promise<boolean> {
  const witness = await heldBy(engine, of, voice.witness, text);
  if (witness !== undefined && isTrusted(witness)) return true;
  // one read tells which of its neighbours may speak: a secret that leaked and was refused since must not have each of them read
  const peers = new Map((await engine.storage.connections.byAccount(witness?.account ?? of.speaker)).map((row) => [row.id, row]));
  const refused: Holder[] = [];
  for await (const holder of holdersOf(engine, of, voice)) {
    const peer = peers.get(holder.connectionId);
    if (peer !== undefined && !isTrusted(peer)) {
      refused.push(holder);
      continue;
    }
    const row = await heldBy(engine, of, holder, text);
    if (row === undefined || !isTrusted(row)) continue;
    await callWitness(engine, of, voice.id, holder);
    return true;
  }
  // where nobody on the account is better, the one that is there counts
  if (await anyTrusted(engine, of, peers.values())) return false;
  return witness !== undefined || (await anyHolds(engine, of, refused, text));
}

async function anyTrusted(engine: Engine, of: Speaker, rows: Iterable<Connection>): Promise<boolean> {
  for (const row of rows) if (row.channel === of.kind && isTrusted(row) && (await speakerOf(engine, row)) === of.speaker) return true;
  return false;
}

async function anyHolds(engine: Engine, of: Speaker, holders: readonly Holder[], text: string): Promise<boolean> {
  for (const holder of holders) if ((await heldBy(engine, of, holder, text)) !== undefined) return true;
  return false;
}

async function heldBy(engine: Engine, of: Speaker, { workspaceId, connectionId }: Holder, text: string): Promise<Connection | undefined> {
  const row = await engine.storage.connections.get(workspaceId, connectionId);
  if (row?.channel !== of.kind || (await speakerOf(engine, row)) !== of.speaker) return undefined;
  return (await holds(engine, row, text)) ? row : undefined;
}

async function holds(engine: Engine, { id: connectionId, channel }: Connection, text: string): Promise<boolean> {
  const owner = { connectionId, channel };
  try {
    if (voicedTexts(engine, { kind: channel }, await engine.secrets.read(owner)).includes(text)) return true;
    const secrets = await engine.secrets.readAll(owner);
    return secrets.some((secret) => voicedTexts(engine, { kind: channel }, secret).includes(text));
  } catch (error) {
    // a connection whose key is lost holds nothing that can be read
    if (doesNotOpen(error)) return false;
    throw error;
  }
}

async function* holdersOf({ storage: { records } }: Engine, of: Speaker, { id, witness }: Voice): AsyncGenerator<Holder> {
  const namespace = holderNamespace(of, id);
  for (let cursor: string | undefined; ; ) {
    const page = await records.scan(namespace, cursor);
    const keys = page.items.map(({ key }) => key).filter((key) => key !== witness.connectionId);
    for (const [connectionId, workspace] of await records.get(namespace, keys)) {
      yield { connectionId, workspaceId: new TextDecoder().decode(workspace) };
    }
    if (page.next === undefined) return;
    cursor = page.next;
  }
}
