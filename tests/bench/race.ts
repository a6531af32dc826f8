/** One way of doing a job, over and over. */
export interface Contestant {
  readonly name: string;
  /** Does the job this many times; throws when it was not done. */
  run(times: number): void | Promise<void>;
}

/** How long each contestant took for one job, in microseconds, round by round. */
export type Times = ReadonlyMap<string, readonly number[]>;

/** How long a race is. */
export interface Course {
  readonly rounds: number;
  /** Rounds that are run before those that count. */
  readonly warmUp: number;
  /** How often each does its job in a round. */
  readonly times: number;
}

const COURSE: Course = { rounds: 300, warmUp: 100, times: 200 };

/**
 * Lets contestants take turns in short rounds, each round beginning with another one. On a machine that others use too, what disturbs one
 * of them disturbs its neighbours of the same round, so that ratios within a round stay true where times do not.
 */
export async function race(contestants: readonly Contestant[], { rounds, warmUp, times: each }: Course = COURSE): Promise<Times> {
  const times = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  for (let round = -warmUp; round < rounds; round += 1) {
    for (let turn = 0; turn < contestants.length; turn += 1) {
      const contestant = contestants[(turn + round + warmUp) % contestants.length];
      if (!contestant) continue;
      const before = performance.now();
      await contestant.run(each);
      const spent = ((performance.now() - before) * 1000) / each;
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
