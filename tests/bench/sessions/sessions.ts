import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { postgresStorage } from "@wadesk/storage/postgres";
import pg from "pg";
import { addIdleNumbers } from "../../../packages/core/src/testing/idle-numbers.ts";
import { wantedSessions } from "../../../packages/storage/src/testing/wanted-sessions.ts";
import type { Figure } from "../figure.ts";
import { dropSchema, POSTGRES_URL, postgresAnswers } from "../storage/postgres.ts";
import type { Ask, Standing } from "./plan.ts";

const COUNT = 10_000;
const IDLE_MS = 10_000;
const LOOK_MS = 100;
const PATIENCE_MS = 120_000;

interface Keeper {
  readonly child: ChildProcess;
  ask(what: Ask): Promise<Standing>;
}

/**
 * 10,000 idle sessions of the echo vendor over two processes on PostgreSQL: what they cost while nothing happens, how they are shared with a third process,
 * and how long it takes until all are open again once that one is killed. On SQLite the same statements are run, as a test counts; processes that share a
 * file are not what it is for.
 */
export async function sessionFigures(): Promise<{ readonly figures: readonly Figure[]; readonly times?: string }> {
  if (!(await postgresAnswers())) return { figures: [] };
  const schema = `wadesk_bench_sessions_${process.pid}`;
  const keepers: Keeper[] = [];
  const start = async (): Promise<Keeper> => {
    const keeper = await startKeeper(schema);
    keepers.push(keeper);
    return keeper;
  };
  try {
    await fill(schema);
    const [one, two] = [await start(), await start()];
    const opening = await until(keepers, (open) => open.every((size) => size === COUNT / 2));
    const idle = await statementsWhileIdle([one, two]);
    const third = await start();
    const sharing = await until(keepers, (open) => sumOf(open) === COUNT && Math.max(...open) - Math.min(...open) <= 1);
    const shares = await openOf(keepers);
    third.child.kill("SIGKILL");
    const takeover = await until([one, two], (open) => sumOf(open) === COUNT);
    return {
      figures: [
        {
          ...told("10,000 idle sessions over two processes, PostgreSQL, statements a second", idle.toFixed(2)),
          ...{
            target: "≤ 10",
            met: idle <= 10,
            binding: true,
            note: "heartbeats, looks, upkeep and a sign of life of each session among them",
          },
        },
        told("10,000 sessions, from two processes' start to the last one open", seconds(opening), "nobody held them before"),
        told("10,000 sessions, share of each after a third process joined", shares.join(", "), `even after ${seconds(sharing)}`),
        told(
          "10,000 sessions, from a kill -9 of one of three to the last one open",
          seconds(takeover),
          "9 s of them until its heartbeat is over",
        ),
      ],
    };
  } finally {
    for (const { child } of keepers) child.kill("SIGKILL");
    await dropSchema(schema);
  }
}

function told(what: string, measured: string, note?: string): Figure {
  return { what, measured, target: "", met: undefined, binding: false, ...(note !== undefined && { note }) };
}

async function fill(schema: string): Promise<void> {
  // filling it is not what is measured
  const url = new URL(POSTGRES_URL);
  url.searchParams.set("options", "-c synchronous_commit=off");
  const storage = postgresStorage({ url: url.href, schema });
  await addIdleNumbers(storage, COUNT, Date.now(), async (places) => {
    const client = new pg.Client(POSTGRES_URL);
    await client.connect();
    for (const text of wantedSessions(`${schema}.wadesk_sessions`, places)) await client.query(text);
    await client.query(`analyze ${schema}.wadesk_sessions`);
    await client.end();
  });
  await storage.close();
}

async function startKeeper(schema: string): Promise<Keeper> {
  const child = fork(join(import.meta.dirname, "keeper.ts"), [POSTGRES_URL, schema], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const ended = Promise.withResolvers<never>();
  ended.promise.catch(() => {});
  child.once("exit", () => ended.reject(new Error("a process that kept sessions ended")));
  const answer = (): Promise<Standing> =>
    Promise.race([
      new Promise<Standing>((resolve) => void child.once("message", (standing) => resolve(standing as Standing))),
      ended.promise,
    ]);
  await answer();
  return {
    child,
    ask(what) {
      const standing = answer();
      child.send(what);
      return standing;
    },
  };
}

async function statementsWhileIdle(keepers: readonly Keeper[]): Promise<number> {
  const count = async (what: Ask): Promise<number> => {
    const standings = await Promise.all(keepers.map((keeper) => keeper.ask(what)));
    return sumOf(standings.map(({ statements }) => statements));
  };
  // what opening left to be done
  await pause(3000);
  const before = await count("alive");
  await pause(IDLE_MS);
  return ((await count("standing")) - before) / (IDLE_MS / 1000);
}

async function openOf(keepers: readonly Keeper[]): Promise<readonly number[]> {
  return (await Promise.all(keepers.map((keeper) => keeper.ask("standing")))).map(({ open }) => open);
}

/** How many milliseconds it took until what is open is as it is to be. */
async function until(keepers: readonly Keeper[], holds: (open: readonly number[]) => boolean): Promise<number> {
  const began = performance.now();
  for (;;) {
    const open = await openOf(keepers);
    if (holds(open)) return performance.now() - began;
    if (performance.now() - began > PATIENCE_MS) throw new Error(`the sessions stayed at ${open.join(", ")}`);
    await pause(LOOK_MS);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
