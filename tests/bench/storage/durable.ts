import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { metaJson, metaText, signMeta } from "@wadesk/testing";
import { type Figure, share, timesOf } from "../figure.ts";
import { APP_SECRET } from "../meta.ts";
import { type Contestant, type Course, race, ratioOf } from "../race.ts";
import { type Load, openLoad, postOf } from "./load.ts";
import { dropSchema, POSTGRES_URL, postgresAnswers } from "./postgres.ts";
import { PHONE_NUMBER_ID, type ServerPlan } from "./server-plan.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

const COURSE: Course = { rounds: 40, warmUp: 10, times: 400 };
const CONNECTIONS = 32;
/** How many people write. */
const CONTACTS = 500;
const SCHEMA = `wadesk_bench_${process.pid}`;

const BARE = "SQLite, one INSERT per request";
const OURS: readonly (readonly [name: string, does: ServerPlan["does"], database: ServerPlan["database"]])[] = [
  ["SQLite, webhook to 200, pump stopped", "receives", "SQLite"],
  ["SQLite, webhook to completed", "receives and completes", "SQLite"],
  ["PostgreSQL, webhook to 200, pump stopped", "receives", "PostgreSQL"],
  ["PostgreSQL, webhook to completed", "receives and completes", "PostgreSQL"],
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
    });
    const body = Buffer.from(metaJson(payload));
    const headers = { "content-type": "application/json", "x-hub-signature-256": signMeta(body, APP_SECRET) };
    return postOf("/webhooks/whatsapp/inbound", headers, body);
  });
}

/**
 * Webhooks over HTTP until they are on the disk and answered 200, against the least that a handler of one's own would do with the same driver. The
 * requests are written and signed beforehand, since the client must not be what is measured; `completed` waits for the handlers too.
 */
export async function durableFigures(): Promise<{ readonly figures: readonly Figure[]; readonly times: string }> {
  const folder = mkdtempSync(join(tmpdir(), "wadesk-bench-"));
  const postgres = await postgresAnswers();
  const stops: (() => Promise<void> | void)[] = [];
  try {
    const enter = async (name: string, plan: ServerPlan): Promise<Contestant> => {
      const server = await startServer(plan);
      stops.push(() => server.stop());
      const load = await openLoad(server.port, CONNECTIONS);
      stops.push(() => load.close());
      return contestant(name, plan, server, load);
    };
    const contestants = [await enter(BARE, { does: "one INSERT", database: "SQLite", place: join(folder, "bare.db") })];
    for (const [name, does, database] of OURS) {
      if (database === "PostgreSQL" && !postgres) continue;
      const schema = `${SCHEMA}_${does === "receives" ? "stopped" : "running"}`;
      const place = database === "SQLite" ? join(folder, `${does}.db`) : POSTGRES_URL;
      if (database === "PostgreSQL") stops.unshift(() => dropSchema(schema));
      contestants.push(await enter(name, { does, database, place, schema }));
    }
    const times = await race(contestants, COURSE);
    const speed = (index: number): number => 1 / ratioOf(times, OURS[index]?.[0] ?? "", BARE);
    const figures = [
      share("SQLite, webhook to durable to 200, of one bare INSERT's rate, pump stopped", speed(0), 0.7),
      share("SQLite, the same with the pump running, to the last completion", speed(1), 0.25),
      ...(postgres
        ? [share("PostgreSQL, pump stopped, of SQLite's bare INSERT", speed(2)), share("PostgreSQL, pump running", speed(3))]
        : []),
    ];
    return { figures, times: timesOf(times) };
  } finally {
    for (const stop of stops.reverse()) await stop();
    rmSync(folder, { recursive: true, force: true });
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
