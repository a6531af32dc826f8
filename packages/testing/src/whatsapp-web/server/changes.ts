/** Lets a test wait for what will have happened, and fail at once when it no longer can. */
export interface Changes {
  /** Something happened: whoever waits looks again. */
  happened(): void;
  /** Resolves with the first answer of `look` that is not undefined; rejects after `patienceMs` (10 s) or when the server complains or `look` throws. */
  until<Found>(what: string, look: () => Found | undefined, patienceMs?: number): Promise<Found>;
  /** Everybody who waits fails with this error, and whoever comes to wait later; undefined forgives it. */
  fail(error: Error | undefined): void;
}

const PATIENCE_MS = 10_000;

/** Nothing has happened yet. */
export function changes(): Changes {
  let failure: Error | undefined;
  const waiting = new Set<{ look(): void; reject(error: Error): void }>();
  return {
    happened: () => {
      for (const each of [...waiting]) each.look();
    },
    fail: (error) => {
      failure = error;
      if (error !== undefined) for (const each of [...waiting]) each.reject(error);
    },
    until: (what, look, patienceMs = PATIENCE_MS) =>
      new Promise((resolve, reject) => {
        // the machine's time: a clock that stands still must not let a test hang
        const timer = setTimeout(() => end(() => reject(new Error(`waited ${patienceMs} ms in vain for ${what}`))), patienceMs);
        const end = (settle: () => void): void => {
          clearTimeout(timer);
          waiting.delete(entry);
          settle();
        };
        const entry = {
          look: () => {
            try {
              const found = look();
              if (found !== undefined) end(() => resolve(found));
            } catch (error) {
              end(() => reject(error));
            }
          },
          reject: (error: Error) => end(() => reject(error)),
        };
        waiting.add(entry);
        if (failure === undefined) entry.look();
        else entry.reject(failure);
      }),
  };
}
