/** One check. Rejecting fails it; what it resolves with is shown beside its name. */
export interface Step {
  readonly name: string;
  /** Names of steps that must have passed before; when one failed this one fails without running. */
  readonly after?: readonly string[];
  readonly run: () => Promise<string | undefined>;
}

/** What became of all steps. */
export interface Summary {
  readonly passed: number;
  readonly failed: number;
}

/** Runs steps, some at a time, in the order given as far as `after` lets them. Prints one line for each, and what a failed one said. */
export async function runSteps(steps: readonly Step[], print: (line: string) => void, parallel = 2): Promise<Summary> {
  const waiting = [...steps];
  const passed = new Set<string>();
  const failed = new Set<string>();
  const running = new Map<string, Promise<void>>();
  const settled = (step: Step): boolean => (step.after ?? []).every((name) => passed.has(name) || failed.has(name));

  while (waiting.length > 0 || running.size > 0) {
    const next = running.size < parallel ? waiting.findIndex(settled) : -1;
    const [step] = next === -1 ? [] : waiting.splice(next, 1);
    if (step === undefined) {
      if (running.size === 0) throw new Error(`these steps wait for names that no step has: ${waiting.map(({ name }) => name).join(", ")}`);
      await Promise.race(running.values());
      continue;
    }
    const missing = (step.after ?? []).filter((name) => failed.has(name));
    if (missing.length > 0) {
      failed.add(step.name);
      print(`FAIL  ${step.name}: not run, because "${missing.join('", "')}" failed`);
      continue;
    }
    const attempt = attemptStep(step, print).then((good) => {
      (good ? passed : failed).add(step.name);
      running.delete(step.name);
    });
    running.set(step.name, attempt);
  }
  return { passed: passed.size, failed: failed.size };
}

async function attemptStep(step: Step, print: (line: string) => void): Promise<boolean> {
  const began = performance.now();
  const seconds = (): string => `${((performance.now() - began) / 1000).toFixed(1)} s`;
  try {
    const note = await step.run();
    print(`ok    ${step.name} (${[note, seconds()].filter(Boolean).join(", ")})`);
    return true;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    print(`FAIL  ${step.name} (${seconds()})\n${text.replace(/^/gm, "      | ")}`);
    return false;
  }
}
