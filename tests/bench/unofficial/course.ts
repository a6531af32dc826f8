import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Asked, startAsked } from "./dialogue.ts";
import type { ClientPlan, ClientTask, ServerPlace, ServerTask, Side, Usage } from "./plan.ts";

/** Both sides, in the order in which the first round has them. */
export const SIDES: readonly Side[] = ["ours", "plain"];
/** What one side spent on something: milliseconds by the clock and of the processor, and the longest block of its event loop meanwhile. */
export interface Spent {
  readonly clock: number;
  readonly cpu: number;
  readonly block: number;
}
/** What both sides spent in one turn. */
export type Turn = Readonly<Record<Side, Spent>>;

/** One server, and the clients of both sides on it. */
export interface Ground {
  /** Adds phones, and answers their places. */
  phones(count: number): Promise<readonly number[]>;
  server: Asked<ServerTask>;
  /** Starts a side's clients, with something behind them so that all is loaded. `name` is the folder that they keep. */
  enter(side: Side, name: string): Promise<Asked<ClientTask>>;
  close(): Promise<void>;
}

const AS_PUBLISHED = ["--import", join(import.meta.dirname, "as-published.ts")];
const QUIET_MS = 300;
const SETTLE_MS = 1000;
const LOOK_MS = 10;
const PATIENCE_MS = 180_000;

/** Opens a server with nobody on it. */
export async function openGround(): Promise<Ground> {
  // beside this file: where temporary files go may lie in memory, where nothing is slow to make durable
  const root = mkdtempSync(join(import.meta.dirname, ".bench-"));
  const server = await startAsked<ServerTask>(join(import.meta.dirname, "server.ts"), {}, async () => undefined);
  let place = (await server.ask({ kind: "phones", count: 0 })) as ServerPlace;
  let added = 0;
  const phones = async (count: number): Promise<readonly number[]> => {
    place = (await server.ask({ kind: "phones", count })) as ServerPlace;
    added += count;
    return Array.from({ length: count }, (_unused, index) => added - count + index);
  };
  return {
    phones,
    server,
    async enter(side, name) {
      const folder = join(root, `${name}-${side}`);
      mkdirSync(folder, { recursive: true });
      const plan: ClientPlan = { side, folder, ...place };
      const client = await startAsked<ClientTask>(
        join(import.meta.dirname, "client.ts"),
        plan,
        (task: ServerTask) => server.ask(task),
        AS_PUBLISHED,
      );
      const [phone = 0] = await phones(1);
      await client.ask({ kind: "warm", phone });
      return client;
    },
    async close() {
      await server.end();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** What something costs a client, with what follows from it in the second afterwards. The clock stops before that. */
export async function spent(client: Asked<ClientTask>, work: () => Promise<unknown>): Promise<Spent> {
  await pause(QUIET_MS);
  const before = (await client.ask({ kind: "usage" })) as Usage;
  const began = performance.now();
  await work();
  const clock = performance.now() - began;
  await pause(SETTLE_MS);
  const after = (await client.ask({ kind: "usage" })) as Usage;
  return { clock, cpu: after.cpu - before.cpu, block: after.block };
}

/** Lets both sides do something, beginning with another one in each round. */
export async function inTurn<Result>(round: number, run: (side: Side) => Promise<Result>): Promise<Readonly<Record<Side, Result>>> {
  const found = new Map<Side, Result>();
  for (const side of round % 2 === 0 ? SIDES : SIDES.toReversed()) found.set(side, await run(side));
  return { ours: found.get("ours") as Result, plain: found.get("plain") as Result };
}

/** Waits until all of these phones have a client that is connected. */
export async function connected({ server }: Pick<Ground, "server">, phones: readonly number[]): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const count = await server.ask({ kind: "connected", phones });
    if (count === phones.length) return;
    if (performance.now() > until) throw new Error(`${count} of ${phones.length} clients are connected`);
    await pause(LOOK_MS);
  }
}

/** Waits so many milliseconds. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
