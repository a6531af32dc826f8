/** Lets so many go on at once, those who came first before the others. */
export interface Turns {
  /** Resolves when there is a turn; its answer ends it. */
  take(): Promise<() => void>;
}

/** Makes them. */
export function createTurns(most: number): Turns {
  const waiting: (() => void)[] = [];
  let taken = 0;
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) taken -= 1;
    else next();
  };
  return {
    async take() {
      if (taken < most) taken += 1;
      else await new Promise<void>((resolve) => void waiting.push(resolve));
      let isOver = false;
      return () => {
        if (!isOver) leave();
        isOver = true;
      };
    },
  };
}
