import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Contestant, race, ratioOf } from "../race.ts";
import { freshWebhooks } from "../storage/durable.ts";
import { openLoad } from "../storage/load.ts";
import { dropSchema, POSTGRES_URL, postgresAnswers } from "../storage/postgres.ts";
import { type ServerProcess, startServer } from "../storage/server-process.ts";

// the first thousands of webhooks of a process cost more than all others, since they are compiled: that is told, and does not bind
const COURSE = { rounds: 20, warmUp: 20, times: 128 };
const CONNECTIONS = 32;

interface Pair {
  readonly clock: number;
  readonly processor: number;
  /** The processor's time while both warmed up. */
  readonly cold: number;
}

/** A webhook over HTTP to its last completion, in a server of each checkout. */
export async function inboxPairs(other: string, pairs: number): Promise<ReadonlyMap<string, readonly number[]>> {
  const found = new Map<string, number[]>();
  const keep = (what: string, value: number): void => void found.set(what, [...(found.get(what) ?? []), value]);
  const databases = (await postgresAnswers()) ? (["SQLite", "PostgreSQL"] as const) : (["SQLite"] as const);
  for (const database of databases) {
    for (let pair = 0; pair < pairs; pair += 1) {
      const { clock, processor, cold } = await pairOf(other, database);
      keep(`Inbox on ${database}, webhook to completed, processor`, processor);
      keep(`Inbox on ${database}, a process not yet warm, processor`, cold);
      keep(`Inbox on ${database}, webhook to completed, by the clock`, clock);
    }
  }
  return found;
}

async function pairOf(other: string, database: "SQLite" | "PostgreSQL"): Promise<Pair> {
  // beside this file: where temporary files go may lie in memory, where nothing is slow to make durable
  const folder = mkdtempSync(join(import.meta.dirname, ".bench-"));
  const stops: (() => Promise<void> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const enter = async (name: string, programs: string): Promise<Contestant & { readonly server: ServerProcess }> => {
    const schema = `wadesk_beside_${process.pid}_${name}`;
    if (database === "PostgreSQL") stops.push(() => dropSchema(schema));
    const place = database === "SQLite" ? join(folder, `${name}.db`) : POSTGRES_URL;
    const server = await startServer({ does: "receives and completes", database, place, schema }, programs);
    stops.push(() => server.stop());
    const load = await openLoad(server.port, CONNECTIONS);
    stops.push(() => load.close());
    const pool = [...freshWebhooks((COURSE.rounds + COURSE.warmUp) * COURSE.times)];
    const run = async (times: number): Promise<void> => {
      await load.send(pool.splice(0, times));
      await server.rest();
    };
    return { name, server, run };
  };
  try {
    const ours = await enter("this", join(import.meta.dirname, "../storage"));
    const theirs = await enter("other", join(other, "tests/bench/storage"));
    // what is loaded with the first call is told by the imports, and is in neither of the two times
    await race([ours, theirs], { ...COURSE, warmUp: 0, rounds: 1 });
    const spent = async (): Promise<number[]> => [(await ours.server.rest()).cpuUs, (await theirs.server.rest()).cpuUs];
    const started = await spent();
    await race([ours, theirs], { ...COURSE, warmUp: 0, rounds: COURSE.warmUp - 1 });
    const warm = await spent();
    const times = await race([ours, theirs], { ...COURSE, warmUp: 0 });
    const ended = await spent();
    return { clock: ratioOf(times, "this", "other"), processor: over(warm, ended), cold: over(started, warm) };
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

// what this checkout spent between two readings over what the other did
function over(from: readonly number[], to: readonly number[]): number {
  const [ours = 0, theirs = 0] = to.map((us, index) => us - (from[index] ?? 0));
  return ours / theirs;
}
