import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { stat, watch, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import type { PageStep } from "./page-steps.ts";

type Run = PageStep & { readonly kind: "run" };

/** A shell in which one command follows another: the folder and what was exported stay. */
export interface Terminal {
  /** Types commands in. Rejects with all that was printed when they end otherwise than the page says, or print something else. */
  type(run: Run): Promise<void>;
  /** The folder it is in. */
  folder(): Promise<string>;
  /** Ends what still runs beside it. */
  close(): Promise<void>;
}

const PATIENCE_MS = 180_000;

// each command has a group of its own, which gets what a person presses, and which this process leaves nobody of
const groups = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of groups) press(child, "SIGKILL");
});

function press(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Opens one in a folder, with these variables. */
export async function openTerminal(home: string, env: Readonly<Record<string, string>>): Promise<Terminal> {
  const state = join(dirname(home), "terminal-state");
  await writeFile(state, `cd '${home}'\n`);
  const beside: ChildProcess[] = [];
  const start = (script: string): ChildProcess => {
    const keep = `trap '{ echo "cd \\"$PWD\\""; export -p; } > "$STATE_FILE"' EXIT`;
    const child = spawn("bash", ["-e", "-c", `. "$STATE_FILE"\n${keep}\n${script}\n`], {
      env: { ...env, STATE_FILE: state },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    groups.add(child);
    child.once("close", () => groups.delete(child));
    return child;
  };
  const folder = async (): Promise<string> => {
    const child = spawn("bash", ["-c", `. "${state}"; pwd`], { env, stdio: ["ignore", "pipe", "inherit"] });
    return (await text(child.stdout)).trim();
  };
  return {
    folder,
    async type({ script, prints, isEnded, beside: until }) {
      const child = start(script);
      if (until !== undefined) {
        beside.push(child);
        const [, file] = /^the file (.*)$/.exec(until) ?? [];
        return file === undefined ? untilPrinted(until, child) : untilWritten(join(await folder(), file), child);
      }
      let output = "";
      let isPressed = false;
      const hear = (chunk: string): void => {
        output += chunk;
        if (!isEnded || isPressed || missing(output, prints) !== undefined) return;
        isPressed = true;
        press(child, "SIGINT");
      };
      for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", hear);
      const late = setTimeout(() => press(child, "SIGKILL"), PATIENCE_MS);
      const [code, signal] = (await once(child, "close")) as [number | null, string | null];
      clearTimeout(late);
      press(child, "SIGKILL");
      const absent = missing(output, prints);
      const hasEnded = code === 0 || (isPressed && (signal === "SIGINT" || code === 130));
      if (hasEnded && absent === undefined) return;
      const why =
        absent === undefined ? `it ended with ${code ?? signal}` : `it did not print "${absent}", and ended with ${code ?? signal}`;
      throw new Error(`$ ${script}\n${output.trimEnd()}\n${why}`);
    },
    async close() {
      for (const child of beside) {
        const gone = child.exitCode === null && child.signalCode === null ? once(child, "close") : undefined;
        press(child, "SIGKILL");
        await gone;
      }
    },
  };
}

/** The first line that was not printed behind those before it. */
function missing(output: string, prints: readonly string[]): string | undefined {
  let from = 0;
  for (const line of prints) {
    const found = output.indexOf(line.trim(), from);
    if (found === -1) return line;
    from = found + line.trim().length;
  }
  return undefined;
}

async function untilWritten(file: string, child: ChildProcess): Promise<void> {
  const size = async (): Promise<number> => (await stat(file).catch(() => undefined))?.size ?? 0;
  const given = new AbortController();
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    said += chunk;
  });
  child.once("close", () => given.abort());
  try {
    const changes = watch(dirname(file), { signal: given.signal });
    if ((await size()) > 0) return;
    for await (const _change of changes) if ((await size()) > 0) return;
  } catch {
    throw new Error(`it ended before ${file} was there\n${said}`);
  }
}

async function untilPrinted(words: string, child: ChildProcess): Promise<void> {
  let said = "";
  const given = new AbortController();
  child.once("close", () => given.abort(new Error(`it ended before it printed "${words}"\n${said}`)));
  await new Promise<void>((resolve, reject) => {
    given.signal.addEventListener("abort", () => reject(given.signal.reason));
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (chunk: string) => {
        said += chunk;
        if (said.includes(words)) resolve();
      });
  });
}
