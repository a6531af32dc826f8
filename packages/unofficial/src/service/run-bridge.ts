import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { type Environment, isWadeskError } from "@wadesk/core";
import { checkOptions } from "@wadesk/core/ports";
import { listedDeadLetters, replayedDeadLetters } from "./dead-letters.ts";
import { serviceDatabase } from "./service-database.ts";
import { installLine, isInstalled, lackingParts } from "./told/parts.ts";
import { readVariables, type ServiceConfig } from "./told/read-variables.ts";
import { type Service, startService } from "./start-service.ts";
import { usage } from "./told/variables.ts";

/** What it does beside running the bridge. */
const COMMANDS: ReadonlySet<string> = new Set(["dead-letters", "replay"]);

const NOTHING_DONE = "Nothing was looked at or brought again.";

/** Where and how the program is run. */
export interface RunBridgeOptions {
  /** Where its `.env` lies, and a database without a path; the folder in which the process was started when absent. */
  readonly folder?: string | undefined;
  /** The words behind the program's name; those of the process when absent. */
  readonly words?: readonly string[] | undefined;
}

/**
 * Runs a bridge as this process's own program, as `wadesk-bridge` does: it reads its environment and `.env`, listens, and ends with SIGTERM or SIGINT. What is
 * wrong is printed all at once, each with its fix, and the exit code is 1. Resolves once it listens.
 *
 * @example
 * ```ts
 * await runBridge({ folder: import.meta.dirname });
 * ```
 */
export async function runBridge(options: RunBridgeOptions = {}): Promise<void> {
  checkOptions<RunBridgeOptions>("runBridge", options, { folder: "text", words: "list" });
  const { folder = process.cwd(), words = process.argv.slice(2) } = options;
  if (words.some((word) => word === "--help" || word === "-h")) return void process.stdout.write(usage());
  const [command, ...keys] = words;
  const unknown =
    command === undefined || COMMANDS.has(command) ? keys.find((key) => command !== "replay" || key.startsWith("-")) : command;
  if (unknown !== undefined)
    return refuse([
      `${unknown} is not known: the bridge takes no such argument, and is told by its environment. --help lists the variables.`,
    ]);
  let environment: Environment;
  try {
    environment = { ...readFileOf(folder), ...process.env };
  } catch (error) {
    return refuse([
      `The file ${join(folder, ".env")} cannot be read (${codeOf(error)}). Let the user that runs the bridge read it, or remove it.`,
    ]);
  }
  const read = readVariables(environment, () => randomBytes(24).toString("base64url"));
  const lacking = lackingParts((environment.DATABASE_URL ?? "").trim() !== "", isInstalled);
  const problems = [...(lacking.length > 0 ? [installLine(lacking)] : []), ...("problems" in read ? read.problems : [])];
  if (problems.length > 0 || !("config" in read)) return refuse(problems);
  if (command === undefined) return run(read.config, folder);
  await tend(read.config, folder, command === "replay" ? keys : undefined);
}

/** Lists what the app has refused, or brings those of these keys again, whether the bridge runs or not. */
async function tend(config: ServiceConfig, folder: string, keys: readonly string[] | undefined): Promise<void> {
  const { database } = config;
  if ("file" in database && !existsSync(resolve(folder, database.file)))
    return refuse(
      [`There is no database at DATABASE ${database.file} yet. Run this in the folder in which the bridge starts.`],
      NOTHING_DONE,
    );
  const ignore = (): void => {};
  const { storage } = await serviceDatabase(config, folder, { debug: ignore, info: ignore, warn: ignore, error: ignore });
  try {
    await storage.open?.();
    const lines = keys === undefined ? await listedDeadLetters(storage.inbox) : [await replayedDeadLetters(storage.inbox, keys)];
    process.stdout.write(`${lines.join("\n")}\n`);
  } catch (error) {
    refuse([whyNotStarted(error, config)], NOTHING_DONE);
  } finally {
    await storage.close();
  }
}

async function run(config: ServiceConfig, folder: string): Promise<void> {
  const { pino } = await import("pino");
  // what is said last is written before the process ends
  const log = pino({ level: config.logLevel, base: null }, pino.destination({ dest: 1, sync: true }));
  const starting = startService(config, { folder, log, newKey: () => randomBytes(32).toString("base64url") });
  endOn(starting, (signal) => log.info({ signal }, "the bridge stops: it hands its sessions over. A second signal ends it at once"));
  try {
    await starting;
  } catch (error) {
    refuse([whyNotStarted(error, config)]);
    process.exit();
  }
}

function endOn(starting: Promise<Service>, tell: (signal: string) => void): void {
  let isEnding = false;
  const end = async (signal: "SIGTERM" | "SIGINT"): Promise<void> => {
    if (isEnding) process.exit(signal === "SIGTERM" ? 143 : 130);
    isEnding = true;
    tell(signal);
    await (await starting).stop();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.on(
      signal,
      () =>
        void end(signal).catch((error: unknown) => {
          process.stderr.write(`The bridge could not be stopped as it should: ${wordsOf(error)}\n`);
          process.exit(1);
        }),
    );
}

function readFileOf(folder: string): Environment {
  try {
    return parseEnv(readFileSync(join(folder, ".env"), "utf8"));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return {};
    throw error;
  }
}

/** What keeps it from starting, in a sentence with its fix. */
function whyNotStarted(error: unknown, { host, port, database }: ServiceConfig): string {
  switch (codeOf(error)) {
    case "EADDRINUSE":
      return `PORT ${port} at ${host} is taken: another program listens there, perhaps another bridge. End that one, or set PORT to a free one.`;
    case "EACCES":
    case "EADDRNOTAVAIL":
      return `HOST ${host} with PORT ${port} is not to be had (${codeOf(error)}). Set HOST to an address of this machine and PORT to one above 1023, and let the user that runs the bridge write to its folder.`;
    default:
  }
  const where = "file" in database ? `DATABASE ${database.file}` : "DATABASE_URL";
  if (isWadeskError(error, "storage_unavailable")) return `${where} cannot be used. ${error.message}`;
  // the storage speaks of its own options
  const wrong = isWadeskError(error, "configuration_invalid") && error.issues.find(({ field }) => field === "path" || field === "url");
  return wrong ? `${where} cannot be used: ${wrong.message}` : `The bridge could not start: ${wordsOf(error)}`;
}

function refuse(problems: readonly string[], what = "The bridge does not start."): void {
  process.stderr.write(`${what}\n${problems.map((problem) => `\n  ${problem}\n`).join("")}`);
  process.exitCode = 1;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "unknown";
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : "unknown failure";
}
