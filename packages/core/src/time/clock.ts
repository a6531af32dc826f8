/** Time. Tests pass one that they move by hand. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /**
   * Runs `work` once, `delayMs` from now; the answer cancels it. It keeps the process alive until then only where it is asked to `hold` it, as it
   * is when a promise waits for the timer.
   */
  after(delayMs: number, work: () => void, hold?: "hold"): () => void;
}
