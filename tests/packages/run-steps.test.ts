import { expect, it } from "vitest";
import { runSteps, type Step } from "./run-steps.ts";

const passing = (name: string, after: readonly string[] = []): Step => ({ name, after, run: async () => undefined });
const failing = (name: string): Step => ({ name, run: async () => Promise.reject(new Error("line one\nline two")) });
const silent = (): void => {};

it("counts what passed and what failed, and shows what the failed step said", async () => {
  const lines: string[] = [];
  const summary = await runSteps([passing("format"), failing("lint")], (line) => lines.push(line));
  expect(summary).toEqual({ passed: 1, failed: 1 });
  expect(lines.join("\n")).toMatch(/^ok {4}format/m);
  expect(lines.join("\n")).toMatch(/^FAIL {2}lint.*\n {6}\| line one\n {6}\| line two$/m);
});

it("runs a step once those before it have passed, and fails it unrun when one of them failed", async () => {
  let ran = 0;
  const counting = (name: string, after: string): Step => ({ name, after: [after], run: async () => void ran++ });
  expect(await runSteps([counting("pack", "build"), passing("build")], silent)).toEqual({ passed: 2, failed: 0 });
  expect(ran).toBe(1);
  expect(await runSteps([counting("pack", "build"), failing("build")], silent)).toEqual({ passed: 0, failed: 2 });
  expect(ran).toBe(1);
});

it("never runs more steps at once than allowed", async () => {
  let now = 0;
  let most = 0;
  const step = (name: string): Step => ({
    name,
    run: async () => {
      most = Math.max(most, ++now);
      await Promise.resolve();
      now--;
      return undefined;
    },
  });
  await runSteps(["one", "two", "three", "four"].map(step), silent, 2);
  expect(most).toBe(2);
});

it("refuses a step that waits for a name that no step has", async () => {
  await expect(runSteps([passing("pack", ["biuld"])], silent)).rejects.toThrow("pack");
});
