import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { metaJson, metaText, signMeta } from "@wadesk/testing";
import { type Figure, share, timesOf } from "../figure.ts";
import { APP_SECRET } from "../meta.ts";
import { type Contestant, type Course, race, ratioOf } from "../race.ts";
import { type Load, openLoad, postOf } from "./load.ts";
import { dropSchema, POSTGRES_URL, postgresAnswers } from "./postgres.ts";
import { PHONE_NUMBER_ID, type ServerPlan } from "./server-plan.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

const COURSE: Course = { rounds: 15, warmUp: 5, times: 128 };
const CONNECTIONS = 32;
/** How many people write. */
const CONTACTS = 500;

const BARE = "SQLite, one INSERT per request";

interface Entry extends Pick<ServerPlan, "does" | "database"> {
  readonly name: string;
  /** The share of the bare handler's rate that it must reach. */
  readonly least?: number;
}

const ENTRIES: readonly Entry[] = [
  { name: "SQLite, webhook to durable to 200, pump stopped", does: "receives", database: "SQLite", least: 0.7 },
  { name: "SQLite, webhook to 200 and completed, pump running", does: "receives and completes", database: "SQLite", least: 0.25 },
  { name: "PostgreSQL, webhook to durable to 200, pump stopped", does: "receives", database: "PostgreSQL" },
  { name: "PostgreSQL, webhook to 200 and completed, pump running", does: "receives and completes", database: "PostgreSQL" },
];

let written = 0;

/** Webhooks that no server has seen before, signed. */
export function freshWebhooks(count: number): readonly Buffer[] {
  return Array.from({ length: count }, () => {
    written += 1;
    const phone = `551190${String(written % CONTACTS).padStart(7, "0")}`;
    const payload = metaText({
      phoneNumberId: PHONE_NUMBER_ID,
      from: { phone },
      id: `wamid.HBgNNTUxMTk5OTk5MDAwMBUCABIYIDNBOEM2${written}`,
      body: "Olá! Vocês abrem no domingo?",
      timestamp: Math.floor(Date.now() / 1000),
    });
    const body = Buffer.from(metaJson(payload));
    const headers = { "content-type": "application/json", "x-hub-signature-256": signMeta(body, APP_SECRET) };
    return postOf("/webhooks/whatsapp/inbound", headers, body);
  });
}

/**
 * Webhooks over HTTP until they are on the disk and answered 200, against the least that a handler of one's own would do with the same driver. The
 * requests are written and signed beforehand, since the client must not be what is measured; a running pump is waited for to the last completion.
 */
export async function durableFigures(): Promise<{ readonly figures: readonly Figure[]; readonly times: string }> {
  // beside this file and not where temporary files go: those may lie in memory, where nothing is slow to make durable
  const folder = mkdtempSync(join(import.meta.dirname, ".bench-"));
  const postgres = await postgresAnswers();
  const entries = ENTRIES.filter(({ database }) => database === "SQLite" || postgres);
  const stops: (() => Promise<void> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const servers = new Map<string, ServerProcess>();
  const enter = async (name: string, plan: ServerPlan): Promise<Contestant> => {
    const server = await startServer(plan);
    servers.set(name, server);
    stops.push(() => server.stop());
    const load = await openLoad(server.port, CONNECTIONS);
    stops.push(() => load.close());
    return contestant(name, plan, server, load);
  };
  try {
    const contestants = [await enter(BARE, { does: "one INSERT", database: "SQLite", place: join(folder, "bare.db") })];
    for (const [index, { name, does, database }] of entries.entries()) {
      const schema = `wadesk_bench_${process.pid}_${index}`;
      if (database === "PostgreSQL") stops.push(() => dropSchema(schema));
      const place = database === "SQLite" ? join(folder, `${index}.db`) : POSTGRES_URL;
      contestants.push(await enter(name, { does, database, place, schema }));
    }
    const cpuOf = async (): Promise<ReadonlyMap<string, number>> =>
      new Map(await Promise.all([...servers].map(async ([name, server]) => [name, (await server.rest()).cpuUs] as const)));
    const before = await cpuOf();
    const times = await race(contestants, COURSE);
    const after = await cpuOf();
    const cpu = (name: string): string =>
      Math.round(((after.get(name) ?? 0) - (before.get(name) ?? 0)) / (COURSE.times * (COURSE.rounds + COURSE.warmUp))).toString();
    const figures = entries.map(({ name, least }) => {
      const note = `CPU ${cpu(name)} µs each, of the bare one ${cpu(BARE)} µs`;
      return { ...share(`${name}, of the bare rate`, 1 / ratioOf(times, name, BARE), least), note };
    });
    return { figures, times: timesOf(times) };
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

function contestant(name: string, { does }: ServerPlan, server: ServerProcess, load: Load): Contestant {
  const pool = [...freshWebhooks((COURSE.rounds + COURSE.warmUp) * COURSE.times)];
  return {
    name,
    async run(times) {
      await load.send(pool.splice(0, times));
      if (does === "receives and completes") await server.rest();
    },
  };
}
