import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Contestant, race, ratioOf } from "../race.ts";
import { freshWebhooks } from "../storage/durable.ts";
import { openLoad } from "../storage/load.ts";
import { dropSchema, POSTGRES_URL, postgresAnswers } from "../storage/postgres.ts";
import { type ServerProcess, startServer } from "../storage/server-process.ts";

const COURSE = { rounds: 10, warmUp: 3, times: 128 };
const CONNECTIONS = 32;

/** A webhook over HTTP to its last completion, in a server of each checkout. */
export async function inboxPairs(other: string, pairs: number): Promise<ReadonlyMap<string, readonly number[]>> {
  const found = new Map<string, number[]>();
  const keep = (what: string, value: number): void => void found.set(what, [...(found.get(what) ?? []), value]);
  const databases = (await postgresAnswers()) ? (["SQLite", "PostgreSQL"] as const) : (["SQLite"] as const);
  for (const database of databases) {
    for (let pair = 0; pair < pairs; pair += 1) {
      const { clock, processor } = await pairOf(other, database);
      keep(`Inbox on ${database}, webhook to completed, processor`, processor);
      keep(`Inbox on ${database}, webhook to completed, by the clock`, clock);
    }
  }
  return found;
}

async function pairOf(other: string, database: "SQLite" | "PostgreSQL"): Promise<{ readonly clock: number; readonly processor: number }> {
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
    await race([ours, theirs], { ...COURSE, rounds: 0 });
    const before = await Promise.all([ours.server.rest(), theirs.server.rest()]);
    const times = await race([ours, theirs], { ...COURSE, warmUp: 0 });
    const after = await Promise.all([ours.server.rest(), theirs.server.rest()]);
    const [spent = 0, spentThere = 0] = after.map(({ cpuUs }, index) => cpuUs - (before[index]?.cpuUs ?? 0));
    return { clock: ratioOf(times, "this", "other"), processor: spent / spentThere };
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}
