/** Turns by name: what has the same name runs one after the other. */
export interface PersonLocks {
  /** Runs work when nothing of that name runs. A name that changed while it waited is waited for anew. */
  during<Result>(name: () => Promise<string>, work: () => Promise<Result>): Promise<Result>;
}

/** Makes the turns of one session. A name that nobody waits for is forgotten. */
export function createPersonLocks(): PersonLocks {
  const last = new Map<string, Promise<unknown>>();
  const run = <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
    const mine = (last.get(name) ?? Promise.resolve()).then(work, work);
    const settled = mine.then(
      () => {},
      () => {},
    );
    last.set(name, settled);
    void settled.then(() => {
      if (last.get(name) === settled) last.delete(name);
    });
    return mine;
  };
  const during: PersonLocks["during"] = async (name, work) => {
    for (;;) {
      const before = await name();
      const ran = await run(before, async () => ((await name()) === before ? { result: await work() } : undefined));
      if (ran !== undefined) return ran.result;
    }
  };
  return { during };
}
