import { vi } from "vitest";
import type { Ledger } from "./ledger.ts";
import { placeOf, type Webhook } from "./webhooks.ts";

/** What is known when all is over. */
export interface Evidence {
  /** What was answered 200. */
  readonly answered: readonly Webhook[];
  /** The keys for which a handler started, in that order, of whichever process. */
  readonly started: readonly string[];
  /** The keys that the database itself saw turn to done, in that order. */
  readonly completed: readonly string[];
}

/** Waits until all that was answered is completed, but no longer than so many milliseconds; answers what is completed then. */
export async function completedOf(ledger: Ledger, answered: readonly Webhook[], withinMs: number): Promise<readonly string[]> {
  const isThere = async (): Promise<boolean> => {
    const completed = new Set(await ledger.completed());
    return answered.every(({ key }) => completed.has(key));
  };
  // what is still missing is said by whoever looks at the evidence
  await vi.waitUntil(isThere, { timeout: withinMs, interval: 50 }).catch(() => {});
  return ledger.completed();
}

/** Each broken promise as a sentence; none when all were kept. */
export function brokenPromises({ answered, started, completed }: Evidence): readonly string[] {
  const times = new Map<string, number>();
  for (const key of completed) times.set(key, (times.get(key) ?? 0) + 1);
  const startedAtAll = new Set(started);
  return [
    ...answered.filter(({ key }) => !times.has(key)).map(({ key }) => `${key} was answered 200 and never completed`),
    ...[...times].filter(([, count]) => count > 1).map(([key, count]) => `${key} was completed ${count} times`),
    ...[...times.keys()].filter((key) => !startedAtAll.has(key)).map((key) => `${key} was completed though no handler started`),
    // what a crash interrupted starts again, and so may stand there twice
    ...outOfOrder(started).map((key) => `${key} started after a later message of its contact`),
    ...outOfOrder(completed).map((key) => `${key} was completed after a later message of its contact`),
  ];
}

function outOfOrder(keys: readonly string[]): readonly string[] {
  const furthest = new Map<number, number>();
  return keys.filter((key) => {
    const { contact, turn } = placeOf(key);
    const before = furthest.get(contact) ?? -1;
    furthest.set(contact, Math.max(before, turn));
    return turn < before;
  });
}
