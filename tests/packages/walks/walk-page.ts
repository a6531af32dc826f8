import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseEnv } from "node:util";
import { chromiumIsAway } from "../../browser/world/chromium.ts";
import { root } from "../public-packages.ts";
import { type PageStep, pageSteps } from "./page-steps.ts";
import type { PageWay } from "./page-ways.ts";
import { seePage } from "./see-page.ts";
import { openTerminal, type Terminal } from "./terminal.ts";

/** Where a page is walked. */
export interface Walk {
  /** The page's path in the repository. */
  readonly page: string;
  /** The way through it. */
  readonly way: PageWay;
  /** An empty folder for it alone, made here. */
  readonly place: string;
  /** The folder with the tarballs. */
  readonly tarballs: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What was done. */
export interface Walked {
  readonly saved: number;
  readonly typed: number;
  /** How many addresses were opened in a browser and showed what the page says. */
  readonly seen: number;
  /** What was left out, each with its line and why. */
  readonly leftOut: readonly string[];
}

/** Does what a page says, from an empty folder. Rejects at the first thing that is otherwise than the page says. */
export async function walkPage({ page, way, place, tarballs, env }: Walk): Promise<Walked> {
  const home = join(place, "home");
  await mkdir(join(place, "home", "wadesk"), { recursive: true });
  // a clone in which the packages were packed, as the quick start has it
  await symlink(tarballs, join(home, "wadesk", "tarballs"));
  const terminal = await openTerminal(home, env);
  const walked = { saved: 0, typed: 0, seen: 0, leftOut: [] as string[] };
  const fakes: { close(): Promise<void> }[] = [];
  let values: readonly string[] = [];
  const filled = (text: string): string => {
    const left = [...values];
    return text.replaceAll('"…"', (dots) => (left.length > 0 ? JSON.stringify(left.shift()) : dots));
  };
  const take = async (step: PageStep): Promise<void> => {
    if (step.kind === "left out") walked.leftOut.push(`line ${step.line}, ${step.what.split("\n")[0]}: ${step.why}`);
    else if (step.kind === "project") for (const each of await projectSteps()) await take(each);
    else if (step.kind === "run") {
      await terminal.type({ ...step, script: filled(step.script) });
      walked.typed += 1;
    } else if (step.kind === "see") {
      const away = chromiumIsAway();
      if (away !== undefined) return void walked.leftOut.push(`line ${step.line}, ${step.address}: ${away}`);
      await seePage(step.address, step.words);
      walked.seen += 1;
    } else if (step.kind === "save") {
      const file = join(await terminal.folder(), step.name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, filled(step.text));
      walked.saved += 1;
    } else {
      const { variables, close } = await startFakes(terminal, env);
      fakes.push({ close });
      values = step.names.map((name) => variables[name] ?? "");
      const lines = Object.entries(variables).map(([name, value]) => `export ${name}='${value}'`);
      await terminal.type({ kind: "run", line: 0, script: lines.join("\n"), prints: [], isEnded: false, beside: undefined });
    }
  };
  try {
    for (const step of pageSteps(way.markdown)) {
      await take(step).catch((error: unknown) => {
        throw new Error(`${page}:${"line" in step ? step.line : 0}\n${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
      });
    }
    return walked;
  } finally {
    await terminal.close();
    for (const each of fakes) await each.close();
  }
}

/** The first section of the quick start, in which there is nothing to compile yet. */
async function projectSteps(): Promise<readonly PageStep[]> {
  const [upToIt = ""] = (await readFile(join(root, "docs/guides/quick-start.md"), "utf8")).split(/^## 2\./m);
  return pageSteps(upToIt).filter((step) => step.kind !== "left out" && !(step.kind === "run" && step.script === "npx tsc"));
}

/** Starts the program of the package as it was installed, and reads the variables that it prints. */
async function startFakes(terminal: Terminal, env: Readonly<Record<string, string>>) {
  const child = spawn("npx", ["--no", "fake-vendors"], {
    cwd: await terminal.folder(),
    env,
    stdio: ["ignore", "pipe", "ignore"],
    detached: true,
  });
  const ended = once(child, "close");
  let printed = "";
  child.stdout.setEncoding("utf8");
  for await (const chunk of child.stdout) {
    printed += String(chunk);
    if (printed.includes("TWILIO_FROM=")) break;
  }
  const close = async (): Promise<void> => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, "SIGINT");
    await ended;
  };
  if (!printed.includes("TWILIO_FROM=")) throw new Error(`fake-vendors ended with ${child.exitCode}:\n${printed}`);
  return { variables: parseEnv(printed), close };
}
