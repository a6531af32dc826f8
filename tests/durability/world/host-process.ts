import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** Programs of this room, each in a process of its own; none outlives the test. */
export interface Processes {
  /** Starts a program that is told its plan in `HOST_PLAN`. */
  start(program: string, plan: object): RunningProgram;
  /** Starts a program of anybody's. */
  run(path: string, how?: RunOptions): RunningProgram;
}

/** How a program is started. */
export interface RunOptions {
  readonly folder?: string;
  /** All of its environment, but for `PATH`. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What stands before and behind its path. */
  readonly options?: readonly string[];
  readonly words?: readonly string[];
}

/** A program that runs. */
export interface RunningProgram {
  readonly child: ChildProcess;
  /** The next line it prints; rejects with all it said when it ends before. */
  line(): Promise<string>;
  /** Its exit code, or the signal that ended it, and what it said on its second output, once it has ended. */
  readonly ended: Promise<{ readonly code: number | string; readonly complaints: string }>;
  /** Ends it at once, whatever it does at the moment. */
  kill(): Promise<void>;
}

/** Call it while the test begins, so that its end is known. */
export function openProcesses(): Processes {
  const running = new Set<RunningProgram>();
  const killAll = (): void => {
    for (const { child } of running) child.kill("SIGKILL");
  };
  process.once("exit", killAll);
  onTestFinished(async () => {
    process.off("exit", killAll);
    await Promise.all([...running].map((program) => program.kill()));
  });
  const run: Processes["run"] = (path, { folder, environment, options = [], words = [] } = {}) => {
    const env = { PATH: process.env.PATH ?? "", ...environment };
    const started = follow(
      spawn(process.execPath, [...options, path, ...words], { env, stdio: ["pipe", "pipe", "pipe"], ...(folder && { cwd: folder }) }),
    );
    running.add(started);
    started.child.once("close", () => running.delete(started));
    return started;
  };
  return {
    run,
    start: (program, plan) =>
      run(fileURLToPath(new URL(`../host/${program}`, import.meta.url)), { environment: { HOST_PLAN: JSON.stringify(plan) } }),
  };
}

function follow(child: ReturnType<typeof spawn>): RunningProgram {
  const printed: string[] = [];
  const complaints: string[] = [];
  let look = (): void => {};
  const ended: RunningProgram["ended"] = new Promise(
    (resolve) =>
      void child.once("close", (code, signal) => resolve({ code: code ?? signal ?? "unknown", complaints: complaints.join("\n") })),
  );
  if (child.stdout === null || child.stderr === null) throw new Error("it has no output");
  createInterface(child.stdout).on("line", (line) => {
    printed.push(line);
    look();
  });
  createInterface(child.stderr).on("line", (line) => void complaints.push(line));
  // a pipe to a process that was killed
  child.stdin?.on("error", () => {});
  return {
    child,
    ended,
    line: () =>
      new Promise((resolve, reject) => {
        look = () => {
          const line = printed.shift();
          if (line === undefined) return;
          // two lines may come at once, and the second belongs to the next call
          look = () => {};
          resolve(line);
        };
        look();
        void ended.then(() => reject(new Error(`it ended before it said so:\n${complaints.join("\n")}`)));
      }),
    kill() {
      child.kill("SIGKILL");
      return ended.then(() => {});
    },
  };
}
