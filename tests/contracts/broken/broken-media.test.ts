import { beforeAll, describe, expect, it } from "vitest";
import { MEDIA_FLAWS, WHOLE_MEDIA } from "./media-flaws.ts";
import { type Outcome, runBroken } from "./run-broken.ts";

describe("the media contract", () => {
  let outcomes: readonly Outcome[] = [];
  beforeAll(async () => {
    outcomes = await runBroken("broken-media.ts");
  }, 120_000);

  it("is passed by a channel that keeps every promise", () => {
    const whole = outcomes.filter(({ implementation }) => implementation === WHOLE_MEDIA);
    expect(whole.length).toBeGreaterThan(10);
    expect(whole.filter(({ status }) => status !== "passed")).toEqual([]);
  });

  it.each(MEDIA_FLAWS)("is failed by a channel that %s: %s", (name, breaks) => {
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

  it("has no promise that no broken channel fails", () => {
    const broken = new Set(MEDIA_FLAWS.map(([, breaks]) => breaks));
    const promises = outcomes.filter(({ implementation }) => implementation === WHOLE_MEDIA).map(({ promise }) => promise);
    expect(promises.filter((promise) => !broken.has(promise))).toEqual([]);
    expect([...broken].filter((promise) => !promises.includes(promise))).toEqual([]);
  });
});
