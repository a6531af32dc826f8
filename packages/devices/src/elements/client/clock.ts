/** The time, and work that is done later. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Does something after that many milliseconds, unless what it answers is called before. */
  after(ms: number, work: () => void): () => void;
}

/** The browser's. */
export const browserClock: Clock = {
  now: () => Date.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};
