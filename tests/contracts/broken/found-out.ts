import { beforeAll, describe, expect, it } from "vitest";
import { type Outcome, runBroken } from "./run-broken.ts";

/** Implementations of a port that break one promise of its contract each. */
export interface Broken {
  /** What the contract's port is called, e.g. `storage`. */
  readonly port: string;
  /** What implements it. */
  readonly what: string;
  /** The file that runs the contract on all of them. */
  readonly file: string;
  /** What each does, and which promise that breaks. */
  readonly flaws: readonly (readonly [name: string, breaks: string, ...rest: unknown[]])[];
  /** The one among them that keeps every promise, and how many promises there are at least. */
  readonly whole: string;
  readonly least: number;
}

/** States that a contract finds out each of them, and that each of its promises is broken by one. */
export function foundOut({ port, what, file, flaws, whole, least }: Broken): void {
  describe(`the ${port} contract`, () => {
    let outcomes: readonly Outcome[] = [];
    beforeAll(async () => {
      outcomes = await runBroken(file);
    }, 120_000);
    const ofWhole = (): readonly Outcome[] => outcomes.filter(({ implementation }) => implementation === whole);

    it(`is passed by a ${what} that keeps every promise`, () => {
      expect(ofWhole().length).toBeGreaterThan(least);
      expect(ofWhole().filter(({ status }) => status !== "passed")).toEqual([]);
    });

    it.each(flaws)(`is failed by a ${what} that %s: %s`, (name, breaks) => {
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

    it(`has no promise that no broken ${what} fails`, () => {
      const broken = new Set(flaws.map(([, breaks]) => breaks));
      const promises = ofWhole().map(({ promise }) => promise);
      expect(promises.filter((promise) => !broken.has(promise))).toEqual([]);
      expect([...broken].filter((promise) => !promises.includes(promise))).toEqual([]);
    });
  });
}
