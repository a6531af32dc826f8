import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { cloudApi } from "@wadesk/cloud-api";
import { type Connection, createWadesk, type Storage } from "@wadesk/core";
import { postgresStorage } from "@wadesk/storage/postgres";
import { sqliteStorage } from "@wadesk/storage/sqlite";
import { connectionOf } from "@wadesk/testing";
import { type Figure, ratio, timesOf } from "../figure.ts";
import { type Contestant, type Course, mustBe, race, ratioOf, type Times } from "../race.ts";
import { dropSchema, POSTGRES_URL, postgresAnswers } from "./postgres.ts";

const COURSE: Course = { rounds: 60, warmUp: 15, times: 10 };
const FEW = 1_000;
const MANY = 100_000;
const PAGE = 50;
/** So many of them failed, whether there are few or many in all. */
const FAILED = 60;
const MOST = 1.5;
// one workspace has them all: nothing but the page's own index helps
const WORKSPACE = "acme";
const CHANNEL = "cloud-api";

/** Asks for one page; answers how many there are on it. */
type Ask = (storage: Storage) => Promise<() => Promise<number>>;

const ASKS: Readonly<Record<string, Ask>> = {
  "the first page":
    async ({ connections }) =>
    async () =>
      (await connections.list(WORKSPACE, { channel: CHANNEL }, { limit: PAGE })).items.length,
  "a page in the middle": async ({ connections }) => {
    const half = (await connections.total()) / 2;
    let cursor: string | undefined;
    for (let seen = 0; seen < half; seen += 500) {
      cursor = (await connections.list(WORKSPACE, { channel: CHANNEL }, { limit: 500, ...(cursor && { cursor }) })).next;
    }
    const page = { limit: PAGE, ...(cursor && { cursor }) };
    return async () => (await connections.list(WORKSPACE, { channel: CHANNEL }, page)).items.length;
  },
  "a page of a rare state": async ({ connections }) => {
    const filter = { channel: CHANNEL, states: ["failed"], silentBefore: 1 } as const;
    return async () => (await connections.list(WORKSPACE, filter, { limit: PAGE })).items.length;
  },
  "workspace.list(), with its counts": async (storage) => {
    const channels = [cloudApi()];
    const wadesk = createWadesk({ channels, storage, encryptionKeys: `k1:${Buffer.alloc(32, 1).toString("base64url")}` });
    return async () => (await wadesk.workspace(WORKSPACE).list({ state: "failed" })).items.length;
  },
};

/** A page of 50 connections among 100,000, over the same page among 1,000. */
export async function pageFigures(): Promise<{ readonly figures: readonly Figure[]; readonly times: string }> {
  const folder = mkdtempSync(join(tmpdir(), "wadesk-bench-"));
  const schemas = [FEW, MANY].map((count) => `wadesk_bench_pages_${process.pid}_${count}`);
  const postgres = await postgresAnswers();
  const figures: Figure[] = [];
  const seen: Times[] = [];
  try {
    for (const kind of postgres ? (["SQLite", "PostgreSQL"] as const) : (["SQLite"] as const)) {
      const [few, many] =
        kind === "SQLite" ? [sqliteOf(folder, FEW), sqliteOf(folder, MANY)] : [postgresOf(schemas[0]), postgresOf(schemas[1])];
      await fill(few, FEW);
      await fill(many, MANY);
      for (const [what, ask] of Object.entries(ASKS)) {
        const names = [FEW, MANY].map((count) => `${kind}, ${what}, among ${count}`);
        const times = await race([asks(names[0] ?? "", await ask(few)), asks(names[1] ?? "", await ask(many))], COURSE);
        figures.push(ratio(`${kind}, ${what}, among 100,000 over 1,000`, ratioOf(times, names[1] ?? "", names[0] ?? ""), MOST));
        seen.push(times);
      }
      await few.close();
      await many.close();
    }
    return { figures, times: seen.map(timesOf).join("\n") };
  } finally {
    if (postgres) for (const schema of schemas) await dropSchema(schema);
    rmSync(folder, { recursive: true, force: true });
  }
}

function asks(name: string, ask: () => Promise<number>): Contestant {
  return {
    name,
    async run(times) {
      for (let index = 0; index < times; index += 1) mustBe((await ask()) === PAGE, name);
    },
  };
}

function sqliteOf(folder: string, count: number): Storage {
  const database = new DatabaseSync(join(folder, `${count}.db`));
  // filling it is not what is measured
  database.exec("pragma journal_mode = wal; pragma synchronous = off");
  return sqliteStorage({ database });
}

function postgresOf(schema = ""): Storage {
  const url = new URL(POSTGRES_URL);
  url.searchParams.set("options", "-c synchronous_commit=off");
  return postgresStorage({ url: url.href, schema });
}

async function fill({ connections }: Storage, count: number): Promise<void> {
  const start = Date.UTC(2026, 0, 1);
  const failed = { state: "failed", reason: "token_expired", since: start } as const;
  const rowOf = (index: number): Connection =>
    connectionOf({
      id: `connection-${String(index).padStart(6, "0")}`,
      workspaceId: WORKSPACE,
      primary: index === 0,
      createdAt: start + index,
      ...(index % Math.floor(count / FAILED) === 0 && { status: failed }),
    });
  for (let from = 0; from < count; from += 100) {
    await Promise.all(Array.from({ length: Math.min(100, count - from) }, (_, index) => connections.insert(rowOf(from + index))));
  }
}
