import type { Logger } from "../ports/runtime.ts";
import type { Clock } from "../time/clock.ts";

type Level = "info" | "warn" | "error";

/** What names the thing that a line is about. Whatever else a line says may come from a stranger, who could say something new each time. */
interface About {
  readonly code?: unknown;
  readonly kind?: unknown;
  readonly channel?: unknown;
  readonly connectionId?: unknown;
}

/** More things than anybody is told of at once; those that were told of longest ago are forgotten. */
const MOST_KEPT = 1000;

/**
 * A log for what strangers can bring about: the same sentence about the same thing is said once in so many milliseconds, and at `debug` in between.
 * The next time it is said, `repeated` tells how often that was.
 */
export function sparingLog(log: Logger, clock: Pick<Clock, "now">, everyMs: number): Logger {
  const told = new Map<string, { readonly at: number; repeated: number }>();
  const sparing =
    (level: Level): Logger[Level] =>
    (data, message) => {
      const { code, kind, channel, connectionId }: About = data;
      const key = [level, message, code, kind, channel, connectionId].join("\n");
      const before = told.get(key);
      const now = clock.now();
      // a clock that was set back must not silence it for longer
      if (before !== undefined && now >= before.at && now < before.at + everyMs) {
        before.repeated += 1;
        return log.debug(data, message);
      }
      told.delete(key);
      const [oldest] = told.keys();
      if (told.size >= MOST_KEPT && oldest !== undefined) told.delete(oldest);
      told.set(key, { at: now, repeated: 0 });
      log[level](before === undefined || before.repeated === 0 ? data : { ...data, repeated: before.repeated }, message);
    };
  return { debug: (data, message) => log.debug(data, message), info: sparing("info"), warn: sparing("warn"), error: sparing("error") };
}
