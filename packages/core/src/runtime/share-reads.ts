import type { Clock } from "../time/clock.ts";
import { within } from "../time/within.ts";

/** A read that hangs must not hold up those that come after it for ever. */
const LIMIT_MS = 10_000;

/**
 * Lets reads of one key, whose parts are texts, share a query. Those that are asked for in one turn go together, and those that are asked for while one is under way
 * in one that begins when it ends: never is an answer older than its question.
 */
export function shareReads<Key extends readonly string[], Value>(
  clock: Clock,
  read: (...key: Key) => Promise<Value>,
): (...key: Key) => Promise<Value> {
  const underWay = new Map<string, Promise<Value>>();
  const following = new Map<string, Promise<Value>>();
  const begin = (name: string, key: Key): Promise<Value> => {
    const reading = within(clock, LIMIT_MS, read(...key));
    underWay.set(name, reading);
    const end = (): void => void underWay.delete(name);
    reading.then(end, end);
    return reading;
  };
  const follow = (name: string, key: Key, before: Promise<unknown>): Promise<Value> => {
    const next = (): Promise<Value> => {
      following.delete(name);
      return begin(name, key);
    };
    const reading = before.then(next, next);
    following.set(name, reading);
    return reading;
  };
  return (...key) => {
    const name = key.length === 1 && key[0] !== undefined ? key[0] : JSON.stringify(key);
    // a first one waits for its turn's others too, so that what goes together stays together
    return following.get(name) ?? follow(name, key, underWay.get(name) ?? Promise.resolve());
  };
}
