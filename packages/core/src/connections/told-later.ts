import type { Engine } from "../engine/engine.ts";
import type { Connection } from "../model/connection.ts";

/** For how long it is remembered that a number was ended here and its vendor not told: what nobody uses has ended by itself by then. */
const LIFE_MS = 60 * 24 * 60 * 60 * 1000;

interface Kept {
  readonly speaker: string | undefined;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

function namespaceOf(kind: string): string {
  return `told-later/${kind}`;
}

/** Remembers that a number has ended here, of which its vendor hears once it is there again. Kept beyond the connection, by its route. */
export async function tellLater({ storage, time }: Engine, { channel, route, speaker }: Connection): Promise<void> {
  if (route === undefined) return;
  const value = new TextEncoder().encode(JSON.stringify({ speaker, at: time.now() } satisfies Kept));
  await storage.records.set(namespaceOf(channel), new Map([[route, { value, expiresAt: time.now() + LIFE_MS }]]));
}

/** Those of these numbers that have ended here without a word to the vendor that this speaker speaks for, and when they did. */
export async function endedUntold(
  { storage }: Engine,
  kind: string,
  routes: readonly string[],
  speaker: string | undefined,
): Promise<ReadonlyMap<string, number>> {
  if (routes.length === 0) return new Map();
  const values = await storage.records.get(namespaceOf(kind), routes);
  return new Map(
    [...values].flatMap(([route, value]) => {
      const kept = JSON.parse(new TextDecoder().decode(value)) as Kept;
      return kept.speaker === speaker ? [[route, kept.at] as const] : [];
    }),
  );
}
