import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Rest, ServerPlan } from "./server-plan.ts";

/** A server in a process of its own. */
export interface ServerProcess {
  readonly port: number;
  /** Waits until nothing is left to be handled; `collected` is without garbage, which takes a while. */
  rest(collected?: "collected"): Promise<Rest>;
  stop(): Promise<void>;
}

/** Starts a server of the race, from this folder or from the same one of another checkout. */
export async function startServer(plan: ServerPlan, folder: string = import.meta.dirname): Promise<ServerProcess> {
  const program = join(folder, "server.ts");
  const env = { ...process.env, BENCH_PLAN: JSON.stringify(plan) };
  const child = spawn(process.execPath, ["--expose-gc", ...profiling(plan), program], { env, stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => void child.once("close", () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    createInterface(child.stdout).once("line", (line) => resolve(Number(line)));
    void ended.then(() => reject(new Error(`the server that ${plan.does} ended before it listened`)));
  });
  return {
    port,
    async rest(collected) {
      const answer = await fetch(`http://127.0.0.1:${port}/rest${collected ? "?gc" : ""}`);
      return (await answer.json()) as Rest;
    },
    stop() {
      child.stdin.end();
      return ended;
    },
  };
}

// BENCH_PROFILE=folder tells where the time goes
function profiling({ does, database }: ServerPlan): readonly string[] {
  const folder = process.env.BENCH_PROFILE;
  return folder === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${folder}`, `--cpu-prof-name=${database} ${does}.cpuprofile`];
}
