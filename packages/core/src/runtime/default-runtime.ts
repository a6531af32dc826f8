import type { Logger, Runtime } from "../ports/runtime.ts";
import type { Clock } from "../time/clock.ts";

/** The real clock. Its timers keep the process alive only where they are asked to. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, work, hold) {
    // a longer delay than 2^31-1 would fire at once
    const timer: unknown = setTimeout(work, Math.min(delayMs, 2_147_483_647));
    if (hold === undefined && typeof timer === "object" && timer !== null && "unref" in timer && typeof timer.unref === "function")
      timer.unref();
    return () => clearTimeout(timer as ReturnType<typeof setTimeout>);
  },
};

/** Writes warnings and errors to the console, one line each, and drops the rest. */
export const consoleLogger: Logger = {
  debug: () => {},
  info: () => {},
  warn: (data, message) => console.warn(`[wadesk] ${message} ${textOf(data)}`),
  error: (data, message) => console.error(`[wadesk] ${message} ${textOf(data)}`),
};

// a logger that throws would turn a log line into a failure
function textOf(data: object): string {
  try {
    return JSON.stringify(data);
  } catch {
    return "{…}";
  }
}

/** What is used where the host gives nothing else, but for the `lookup`, which is loaded with the first call. */
export function withDefaults(given: Partial<Runtime>): Omit<Runtime, "lookup"> {
  return {
    clock: given.clock ?? systemClock,
    log: given.log ?? consoleLogger,
    // called through the global, so that a test that replaces it is heard
    fetch: given.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    randomId: given.randomId ?? (() => crypto.randomUUID().replaceAll("-", "")),
    random: given.random ?? Math.random,
  };
}
