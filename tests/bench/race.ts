/** One way of doing a job, over and over. */
export interface Contestant {
  readonly name: string;
  /** Does the job this many times; throws when it was not done. */
  run(times: number): void | Promise<void>;
}

/** How long each contestant took for one job, in microseconds, round by round. */
export type Times = ReadonlyMap<string, readonly number[]>;

const ROUNDS = 300;
const WARM_UP_ROUNDS = 100;
const TIMES = 200;

/**
 * Lets contestants take turns in short rounds, each round beginning with another one. On a machine that others use too, what disturbs one
 * of them disturbs its neighbours of the same round, so that ratios within a round stay true where times do not.
 */
export async function race(contestants: readonly Contestant[]): Promise<Times> {
  const times = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    for (let turn = 0; turn < contestants.length; turn += 1) {
      const contestant = contestants[(turn + round + WARM_UP_ROUNDS) % contestants.length];
      if (!contestant) continue;
      const before = performance.now();
      await contestant.run(TIMES);
      const spent = ((performance.now() - before) * 1000) / TIMES;
      if (round >= 0) times.get(contestant.name)?.push(spent);
    }
  }
  return times;
}

/** The median over the rounds of how much longer one took than another. */
export function ratioOf(times: Times, name: string, over: string): number {
  const others = times.get(over) ?? [];
  return medianOf((times.get(name) ?? []).map((time, round) => time / (others[round] ?? Number.NaN)));
}

/** The middle value. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Stops a benchmark whose contestant does not do its job. */
export function mustBe(done: boolean, name: string): void {
  if (!done) throw new Error(`${name} did not do the job`);
}
