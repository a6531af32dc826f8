import { spawn } from "node:child_process";
import { createServer, type RequestListener } from "node:http";
import { createInterface } from "node:readline";
import type { WadeskEvent } from "@wadesk/core";
import { type Client, createClient, openKept, readConfig } from "../../../examples/app/server/index.ts";

/** An application with its vendors' webhooks and the three routes of the examples. */
export interface Host {
  readonly origin: string;
  /** The events it completed so far. */
  readonly events: readonly WadeskEvent[];
  /** The first completed event that fits, now or later. */
  until(fits: (event: WadeskEvent) => boolean): Promise<WadeskEvent>;
  stop(): Promise<void>;
}

/** Starts an application at a port of loopback; everything else it is told by its environment, as the examples are. */
export type StartHost = (port: number, environment: Readonly<Record<string, string>>) => Promise<Host>;

/** The application of a framework, in this process. */
export function inProcess(build: (wadesk: Client) => RequestListener | Promise<RequestListener>): StartHost {
  return async (port, environment) => {
    const config = readConfig(environment);
    const kept = openKept(config, "of-no-use.db");
    const wadesk = createClient(config, kept);
    const seen = completedEvents();
    wadesk.on("event.completed", (event) => seen.add(event));
    const server = createServer(await build(wadesk));
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    await wadesk.start();
    const stop = async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await wadesk.stop();
      await kept.storage.close();
    };
    return { origin: `http://127.0.0.1:${port}`, events: seen.events, until: seen.until, stop };
  };
}

/** An application in a process of its own, which is up when it prints a line with this text; it tells of its events on stdout. */
export function inItsOwnProcess(cwd: string, ready: string, command: (port: number) => readonly [string, ...string[]]): StartHost {
  return async (port, environment) => {
    const [program, ...values] = command(port);
    const path = process.env.PATH ?? "";
    const env = { PATH: path, HOST: "127.0.0.1", PORT: String(port), LOG_EVENTS: "1", NEXT_TELEMETRY_DISABLED: "1", ...environment };
    const child = spawn(program, values, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const seen = completedEvents();
    const printed: string[] = [];
    const ended = new Promise<void>((resolve) => void child.once("close", () => resolve()));
    await new Promise<void>((resolve, reject) => {
      const hear = (line: string): void => {
        printed.push(line);
        if (line.startsWith("{")) seen.add(JSON.parse(line) as WadeskEvent);
        if (line.includes(ready)) resolve();
      };
      for (const stream of [child.stdout, child.stderr]) createInterface(stream).on("line", hear);
      child.once("error", reject);
      void ended.then(() => reject(new Error(`it ended before it was ready:\n${printed.join("\n")}`)));
    });
    const stop = (): Promise<void> => {
      child.kill();
      return ended;
    };
    return { origin: `http://127.0.0.1:${port}`, events: seen.events, until: seen.until, stop };
  };
}

function completedEvents(): Pick<Host, "events" | "until"> & { readonly add: (event: WadeskEvent) => void } {
  const events: WadeskEvent[] = [];
  const looking = new Set<() => void>();
  return {
    events,
    add(event) {
      events.push(event);
      for (const look of looking) look();
    },
    until: (fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = events.find(fits);
          if (found === undefined) return;
          looking.delete(look);
          resolve(found);
        };
        looking.add(look);
        look();
      }),
  };
}
