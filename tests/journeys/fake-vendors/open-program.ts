import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { parseEnv } from "node:util";
import { onTestFinished } from "vitest";

/** The program, as whoever calls it has it. */
export const BIN: string = fileURLToPath(new URL("../../../packages/testing/src/fake-vendors/program/fake-vendors.ts", import.meta.url));

/** What the tests read of the page's world. */
export interface ShownWorld {
  readonly webhooks: { readonly trouble?: string };
  readonly people: readonly { readonly phone: string; readonly name: string; readonly isAtOnce: boolean }[];
  readonly sent: readonly {
    readonly vendor: string;
    readonly id: string;
    readonly to: string;
    readonly text: string;
    readonly status: string;
    readonly next: readonly string[];
  }[];
  readonly deliveries: readonly {
    readonly vendor: string;
    readonly about: string;
    readonly isSigned: boolean;
    readonly status?: number;
    readonly attempt: number;
  }[];
  readonly faults: readonly { readonly vendor: string; readonly id: string; readonly standing?: string }[];
  readonly whatsapp?: { readonly clients: readonly { readonly isConnected: boolean }[] };
}

/** The program while it runs. */
export interface Program {
  readonly printed: string;
  /** What was printed, read as Node reads an `--env-file`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly page: string;
  /** Does what a button says. Answers the sentence that refuses it, else undefined. */
  act(form: Readonly<Record<string, string>>): Promise<string | undefined>;
  world(): Promise<ShownWorld>;
  /** Ends it by a signal. Answers its exit code. */
  end(signal?: NodeJS.Signals): Promise<unknown>;
}

const PORTS = ["--port", "--meta-port", "--twilio-port", "--whatsapp-port", "--phones-port"];

/** Starts it on free ports unless the arguments name others, and resolves once it has printed everything. */
export async function openProgram(...args: readonly string[]): Promise<Program> {
  const free = PORTS.flatMap((port) => (args.includes(port) ? [] : [port, "0"]));
  const child: ChildProcess = spawn(process.execPath, [BIN, ...free, ...args]);
  const closed = once(child, "close");
  onTestFinished(async () => {
    child.kill();
    await closed;
  });
  let printed = "";
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      printed += chunk.toString();
      if (/^WHATSAPP_PHONE=.*\n/m.test(printed)) resolve();
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("close", () => reject(new Error(`it ended by itself:\n${printed}`)));
  });
  const page = /webhooks and faults: (http:\/\/127\.0\.0\.1:\d+\/)/.exec(printed)?.[1] ?? "";
  return {
    printed,
    environment: parseEnv(printed),
    page,
    act: async (form) => {
      const headers = { "content-type": "application/json" };
      const response = await fetch(`${page}act`, { method: "POST", headers, body: JSON.stringify(form) });
      return ((await response.json()) as { readonly error?: string }).error;
    },
    world: async () => (await (await fetch(`${page}world`)).json()) as ShownWorld,
    end: async (signal = "SIGINT") => {
      child.kill(signal);
      const [code] = await closed;
      return code;
    },
  };
}
