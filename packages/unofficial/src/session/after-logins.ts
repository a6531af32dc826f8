/** The logins of a process that are under way, and what is left for when there are none: of phones that come back together, all are in before one asks for more. */
export interface Logins {
  /** One has begun. The answer says that it is over. */
  begin(): () => void;
  /**
   * Does something once none is under way, or after five seconds by `after`, whichever comes first; each in a turn of the event loop of its own. The answer
   * calls it off.
   */
  afterwards(after: (delayMs: number, work: () => void) => () => void, work: () => void): () => void;
}

/** Whoever comes back alone does not wait, and nobody waits for a login that takes its time, in milliseconds. */
const PATIENCE_MS = 5000;

/** Counts them. */
export function createLogins(): Logins {
  const waiting = new Set<() => void>();
  const due: (() => void)[] = [];
  let underWay = 0;
  let isTurning = false;

  const turn = (): void => {
    due.shift()?.();
    isTurning = due.length > 0;
    if (isTurning) setImmediate(turn);
  };
  const goOn = (work: () => void): void => {
    due.push(work);
    if (isTurning) return;
    isTurning = true;
    setImmediate(turn);
  };
  return {
    begin() {
      underWay += 1;
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        underWay -= 1;
        if (underWay === 0) for (const release of [...waiting]) release();
      };
    },
    afterwards(after, work) {
      let isOff = false;
      const release = (): void => {
        waiting.delete(release);
        cancel();
        goOn(() => {
          if (!isOff) work();
        });
      };
      const cancel = after(PATIENCE_MS, release);
      waiting.add(release);
      if (underWay === 0) release();
      return () => {
        isOff = true;
        cancel();
        waiting.delete(release);
      };
    },
  };
}

/** One event loop, so one count for the process. */
export const logins: Logins = createLogins();
