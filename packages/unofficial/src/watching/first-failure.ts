/** What a session fails by: the first reason counts. */
export interface FirstFailure {
  /** It has failed, for this reason. */
  fail(reason: unknown): void;
  /** Why it has failed; nothing while it has not. */
  reason(): { readonly reason: unknown } | undefined;
  /** Calls once when it fails, at once where it has. Answers what ends the waiting. */
  whenFailed(hear: (reason: unknown) => void): () => void;
  /** What the work answers, or a rejection with the reason where it fails before that. */
  unlessFailed<Result>(work: Promise<Result>): Promise<Result>;
  /** Resolves with the reason. A race against it would stay in memory for as long as it does not fail: use `unlessFailed` for that. */
  readonly failed: Promise<unknown>;
}

/** Makes that of one session. What waits for it is held only while it waits, however long the session lives. */
export function firstFailure(): FirstFailure {
  const failure = Promise.withResolvers<unknown>();
  const listeners = new Set<(reason: unknown) => void>();
  let first: { readonly reason: unknown } | undefined;
  const whenFailed = (hear: (reason: unknown) => void): (() => void) => {
    if (first !== undefined) {
      hear(first.reason);
      return () => {};
    }
    // the same function may wait more than once
    const mine = (reason: unknown): void => hear(reason);
    listeners.add(mine);
    return () => void listeners.delete(mine);
  };
  return {
    fail(reason) {
      if (first !== undefined) return;
      first = { reason };
      failure.resolve(reason);
      const all = [...listeners];
      listeners.clear();
      for (const hear of all) hear(reason);
    },
    reason: () => first,
    whenFailed,
    async unlessFailed(work) {
      const given = Promise.withResolvers<never>();
      given.promise.catch(() => {});
      const stop = whenFailed(given.reject);
      try {
        return await Promise.race([given.promise, work]);
      } finally {
        stop();
      }
    },
    failed: failure.promise,
  };
}
