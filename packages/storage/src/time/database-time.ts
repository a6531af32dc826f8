/** A clock that goes by a database's, however wrong the machine's is. */
export interface DatabaseTime {
  /** Milliseconds since the epoch. Never ahead of the database, and behind it by no more than its answer took. */
  now(): number;
  /** Whether the database has been asked. Until then the machine's clock is all there is. */
  readonly isKnown: () => boolean;
  /** Asks the database. */
  sample(): Promise<void>;
}

/** What such a clock is made of. */
export interface TimeSources {
  /** The database's time, in milliseconds since the epoch. */
  readonly ask: () => Promise<number>;
  /** Milliseconds since any moment, by a clock that nobody sets. */
  readonly steady: () => number;
  /** The machine's time, which steps when somebody sets it and when the machine slept, while the steady one stood still. */
  readonly machine: () => number;
}

/** Clocks drift apart by less than a millisecond in this time; asked for more seldom, the database's own could step unnoticed. */
const ASK_AGAIN_MS = 60_000;
/** How far the machine's clock and the steady one may go apart before the database is asked. */
const STEP_MS = 500;
/** After a failure. */
const REST_MS = 5000;

interface Sample {
  readonly time: number;
  readonly steady: number;
  /** Of the machine's clock, over the steady one. */
  readonly lead: number;
}

/** Makes one. It asks by itself again now and then, whenever it is looked at, and nobody waits for that. */
export function databaseTime({ ask, steady, machine }: TimeSources): DatabaseTime {
  let last: Sample | undefined;
  let notBefore = Number.NEGATIVE_INFINITY;
  let asking = false;

  const sample = async (): Promise<void> => {
    const time = await ask();
    const at = steady();
    // taken for the moment of its arrival, not of its making: what is due is started late rather than early
    last = { time, steady: at, lead: machine() - at };
    notBefore = Number.NEGATIVE_INFINITY;
  };
  const askAgain = async (): Promise<void> => {
    asking = true;
    notBefore = steady() + REST_MS;
    // what is known goes on being right meanwhile
    await sample().catch(() => {});
    asking = false;
  };

  return {
    isKnown: () => last !== undefined,
    sample,
    now() {
      if (last === undefined) return machine();
      const passed = steady() - last.steady;
      const stepped = Math.abs(machine() - steady() - last.lead) > STEP_MS;
      if ((stepped || passed > ASK_AGAIN_MS) && !asking && steady() >= notBefore) void askAgain();
      return Math.floor(last.time + passed);
    },
  };
}
