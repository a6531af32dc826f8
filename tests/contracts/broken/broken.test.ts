import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { FLAWS, WHOLE } from "./flaws.ts";

/** One test of the contract on one storage. */
interface Outcome {
  readonly storage: string;
  readonly promise: string;
  readonly status: string;
  readonly messages: readonly string[];
}

/** Runs the contract on every broken storage in a process of its own, and answers what became of each test. */
async function run(): Promise<readonly Outcome[]> {
  const folder = await mkdtemp(join(tmpdir(), "wadesk-broken-"));
  const report = join(folder, "report.json");
  const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
  const vitest = here("../../../node_modules/vitest/vitest.mjs");
  const command = [vitest, "run", "--config", here("broken.config.ts"), "--reporter", "json", "--outputFile", report];
  await new Promise<void>((resolve) => {
    execFile(process.execPath, command, { maxBuffer: 1e8, timeout: 110_000 }, () => resolve());
  });
  const { testResults } = JSON.parse(await readFile(report, "utf8")) as {
    readonly testResults: readonly {
      readonly assertionResults: readonly {
        readonly ancestorTitles: readonly string[];
        readonly title: string;
        readonly status: string;
        readonly failureMessages: readonly string[];
      }[];
    }[];
  };
  await rm(folder, { recursive: true });
  return testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ ancestorTitles: [storage = "", , subject], title, status, failureMessages }) => ({
      storage,
      promise: `${subject} ${title}`,
      status,
      messages: failureMessages,
    })),
  );
}

describe("the storage contract", () => {
  let outcomes: readonly Outcome[] = [];
  beforeAll(async () => {
    outcomes = await run();
  }, 120_000);

  it("is passed by a storage that keeps every promise", () => {
    const whole = outcomes.filter(({ storage }) => storage === WHOLE);
    expect(whole.length).toBeGreaterThan(80);
    expect(whole.filter(({ status }) => status !== "passed")).toEqual([]);
  });

  it.each(FLAWS)("is failed by a storage that %s: %s", (name, breaks) => {
    const asked = outcomes.filter(({ storage, promise, status }) => storage === name && promise === breaks && status !== "skipped");
    expect(asked.length).toBeGreaterThan(0);
    for (const { status, messages } of asked) {
      expect(status).toBe("failed");
      // it fails because it was found out, not because the wrapper stumbles
      expect(messages.join("\n")).not.toMatch(/^(Type|Reference|Range)Error|timed out/);
    }
  });

  it("has no promise that no broken storage fails", () => {
    const broken = new Set(FLAWS.map(([, breaks]) => breaks));
    const promises = outcomes.filter(({ storage }) => storage === WHOLE).map(({ promise }) => promise);
    expect(promises.filter((promise) => !broken.has(promise))).toEqual([]);
    expect([...broken].filter((promise) => !promises.includes(promise))).toEqual([]);
  });
});
