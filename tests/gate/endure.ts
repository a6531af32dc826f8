import { type Dribble, dribble, type Flood, flood, startHost } from "./siege.ts";

/** A flood of small requests, and how long it kept everybody waiting at a stretch, in milliseconds of the processor's time. */
export interface Endured extends Flood {
  readonly count: number;
  readonly workedMs: number;
}

/** One request that was made to cost. */
export interface Costly {
  readonly name: string;
  readonly status: number;
  readonly ms: number;
  readonly workedMs: number;
}

/** What was seen of an application under siege. Bytes and milliseconds. */
export interface Ordeal {
  /** What a server that does nothing was seen to take, on this machine at this hour. */
  readonly floor: Endured;
  readonly flood: Endured;
  readonly costly: readonly Costly[];
  /** How much larger the process was at most than after its first requests. */
  readonly rss: number;
  readonly held: number;
  /** How many lines it wrote at these levels. */
  readonly error: number;
  readonly warn: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** Where a body in chunks of one byte goes, and how it is signed. */
export type Dribbling = readonly [mount: "node" | "express" | "fastify", headers: Readonly<Record<string, string>>];

const MEBIBYTE = 1024 * 1024;
const FLOOR = 3000;
const FIRST = 2000;

/** Besieges an application with so many requests of strangers, then with these costly ones, and with 10 MiB in chunks of one byte. */
export async function endure(count: number, direct: readonly string[], dribbling: readonly Dribbling[]): Promise<Ordeal> {
  const host = await startHost();
  try {
    const { floor: bare, ...mounts } = host.origins;
    // what every program grows by at its first requests is not theirs
    await flood([bare, ...Object.values(mounts)], FIRST);
    const watched = async <Result>(attack: () => Promise<Result>): Promise<Result & { readonly workedMs: number }> => {
      await host.watch();
      const result = await attack();
      const { workedMs, rss, held } = await host.tell();
      most.rss = Math.max(most.rss, rss);
      most.held = Math.max(most.held, held);
      return { ...result, workedMs };
    };
    const most = { rss: 0, held: 0 };
    const idle = await watched(async () => ({ ...(await flood([bare], FLOOR)), count: FLOOR }));
    // small chunks cost every server of Node's
    const chunks = await watched(() => dribble(bare, MEBIBYTE / 4, {}));
    const flooded = await watched(async () => ({ ...(await flood(Object.values(mounts), count)), count }));
    const costly: Costly[] = [];
    for (const name of direct) costly.push({ name, ...(await watched(() => host.direct(name))) });
    for (const [mount, headers] of dribbling) {
      const name = `10 MiB in chunks of one byte on ${mount}, ${Object.keys(headers)[0] ?? "unsigned"}`;
      costly.push({ name, ...(await watched((): Promise<Dribble> => dribble(mounts[mount], 10 * MEBIBYTE, headers))) });
    }
    const { error, warn, counts } = await host.tell();
    const floor = { ...idle, workedMs: Math.max(idle.workedMs, chunks.workedMs) };
    return { floor, flood: flooded, costly, ...most, error, warn, counts };
  } finally {
    await host.end();
  }
}

/** Each promise that was broken, as a sentence. Where the machine is slow itself, a multiple of what it takes to do nothing is allowed. */
export function brokenPromises({ floor, flood: flooded, costly, rss, held, error }: Ordeal): readonly string[] {
  const mostMs = Math.max(100, 3 * floor.workedMs);
  const mostSlow = Math.ceil(flooded.count * (0.005 + (3 * floor.slow) / floor.count));
  const { count, statuses, slow } = flooded;
  const blocked = [{ name: "the flood", workedMs: flooded.workedMs }, ...costly].filter(({ workedMs }) => workedMs >= mostMs);
  return [
    ...(statuses["401"] === count ? [] : [`${count} strangers were answered ${JSON.stringify(statuses)}`]),
    ...(slow > mostSlow
      ? [`${slow} of ${count} small requests waited over 100 ms, and ${floor.slow} of ${floor.count} where nothing is done`]
      : []),
    ...blocked.map(({ name, workedMs }) => `${name} kept everybody waiting for ${Math.round(workedMs)} ms`),
    ...(rss >= 64 * MEBIBYTE ? [`the process grew by ${Math.round(rss / MEBIBYTE)} MiB`] : []),
    ...(held >= 64 * MEBIBYTE ? [`the heap and what is beside it grew by ${Math.round(held / MEBIBYTE)} MiB`] : []),
    ...(error > 0 ? [`strangers wrote ${error} lines at error`] : []),
  ];
}
