import { beforeAll, describe, expect, it } from "vitest";
import { FLAWS, WHOLE } from "./flaws.ts";
import { type Outcome, runBroken } from "./run-broken.ts";

describe("the storage contract", () => {
  let outcomes: readonly Outcome[] = [];
  beforeAll(async () => {
    outcomes = await runBroken("broken-storages.ts");
  }, 120_000);

  it("is passed by a storage that keeps every promise", () => {
    const whole = outcomes.filter(({ implementation }) => implementation === WHOLE);
    expect(whole.length).toBeGreaterThan(80);
    expect(whole.filter(({ status }) => status !== "passed")).toEqual([]);
  });

  it.each(FLAWS)("is failed by a storage that %s: %s", (name, breaks) => {
    const asked = outcomes.filter(
      ({ implementation, promise, status }) => implementation === name && promise === breaks && status !== "skipped",
    );
    expect(asked.length).toBeGreaterThan(0);
    for (const { status, messages } of asked) {
      expect(status).toBe("failed");
      // it fails because it was found out, not because the wrapper stumbles
      expect(messages.join("\n")).not.toMatch(/^(Type|Reference|Range)Error|timed out/);
    }
  });

  it("has no promise that no broken storage fails", () => {
    const broken = new Set(FLAWS.map(([, breaks]) => breaks));
    const promises = outcomes.filter(({ implementation }) => implementation === WHOLE).map(({ promise }) => promise);
    expect(promises.filter((promise) => !broken.has(promise))).toEqual([]);
    expect([...broken].filter((promise) => !promises.includes(promise))).toEqual([]);
  });
});
