import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** One test of a contract on one implementation. */
export interface Outcome {
  readonly implementation: string;
  /** The titles below the implementation, but for the contract's own. */
  readonly promise: string;
  readonly status: string;
  readonly messages: readonly string[];
}

/** Runs a file of broken implementations in a process of its own, and answers what became of each test. */
export async function runBroken(file: string): Promise<readonly Outcome[]> {
  const folder = await mkdtemp(join(tmpdir(), "wadesk-broken-"));
  const report = join(folder, "report.json");
  const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
  const vitest = here("../../../node_modules/vitest/vitest.mjs");
  const command = [vitest, "run", file, "--config", here("broken.config.ts"), "--reporter", "json", "--outputFile", report];
  await new Promise<void>((resolve) => {
    execFile(process.execPath, command, { maxBuffer: 1e8, timeout: 170_000 }, () => resolve());
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
    assertionResults.map(({ ancestorTitles: [implementation = "", , ...subjects], title, status, failureMessages }) => ({
      implementation,
      promise: [...subjects, title].join(" "),
      status,
      messages: failureMessages,
    })),
  );
}
