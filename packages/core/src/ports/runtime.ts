import type { Clock } from "../time/clock.ts";

/** pino's shape: data first, then the sentence. `pino()` itself fits, and so does `console` behind four lines. */
export interface Logger {
  /** What only helps to find a fault. */
  debug(data: object, message: string): void;
  /** What goes its usual way. */
  info(data: object, message: string): void;
  /** What is missing or was passed over, and what to do. */
  warn(data: object, message: string): void;
  /** What somebody should look at. */
  error(data: object, message: string): void;
}

/** All addresses of a host, IPv4 and IPv6 as text. Rejects when it has none. */
export type Lookup = (hostname: string) => Promise<readonly string[]>;

/** What WaDesk takes from the world around it. Each has a default. */
export interface Runtime {
  /** Time and timers; the system's by default. */
  readonly clock: Clock;
  /** Where is said what happens; the console from `warn` on by default. */
  readonly log: Logger;
  /** How vendors are asked; the platform's own by default. */
  readonly fetch: typeof fetch;
  /** Asked before a file is fetched from an address that a stranger chose. By default the resolver of Node, Bun or Deno; elsewhere such files are refused. */
  readonly lookup: Lookup;
  /** A fresh identifier that nobody can guess. */
  readonly randomId: () => string;
  /** A number from 0 up to, not including, 1; spreads retries. */
  readonly random: () => number;
}
