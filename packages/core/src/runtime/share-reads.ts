import type { Clock } from "../time/clock.ts";
import { within } from "../time/within.ts";

/** A read that hangs must not hold up those that come after it for ever. */
const LIMIT_MS = 10_000;

/**
 * Lets reads of one key share a query. Those that are asked for while one is under way go together in one that begins when it ends: never is
 * an answer older than its question.
 */
export function shareReads<Value>(clock: Clock, read: (key: string) => Promise<Value>): (key: string) => Promise<Value> {
  const underWay = new Map<string, Promise<Value>>();
  const following = new Map<string, Promise<Value>>();
  const begin = (key: string): Promise<Value> => {
    const reading = within(clock, LIMIT_MS, read(key));
    underWay.set(key, reading);
    const end = (): void => void underWay.delete(key);
    reading.then(end, end);
    return reading;
  };
  const follow = (key: string, before: Promise<Value>): Promise<Value> => {
    const next = (): Promise<Value> => {
      following.delete(key);
      // one that began in between began after all of these were asked for
      return underWay.get(key) ?? begin(key);
    };
    const reading = before.then(next, next);
    following.set(key, reading);
    return reading;
  };
  return (key) => {
    const before = underWay.get(key);
    return before === undefined ? begin(key) : (following.get(key) ?? follow(key, before));
  };
}
