import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { root } from "./public-packages.ts";

/** Where a command runs and what it sees beside the environment of this process. */
export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds after which the command is ended and counts as failed; five minutes when absent. */
  readonly timeoutMs?: number;
}

/** Runs a command with the workspace's tools in PATH. Resolves with all it printed, rejects with the same when it did not end with 0. */
export function runCommand(command: readonly [string, ...string[]], options: CommandOptions = {}): Promise<string> {
  const { cwd = root, timeoutMs = 300_000 } = options;
  const [program, ...values] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, values, {
      cwd,
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0", PATH: toolPath(), ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: timeoutMs,
    });
    let output = "";
    const keep = (chunk: string): void => {
      output += chunk;
    };
    child.stdout.setEncoding("utf8").on("data", keep);
    child.stderr.setEncoding("utf8").on("data", keep);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new Error(`$ ${command.join(" ")}\n${output.trimEnd()}\nended with ${code ?? signal}`));
    });
  });
}

function toolPath(): string {
  return [join(root, "node_modules", ".bin"), process.env.PATH ?? ""].join(delimiter);
}
