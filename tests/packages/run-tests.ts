import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { type FailedTest, failedTests, filesToRunAgain, type TestReport } from "./failed-tests.ts";
import { root } from "./public-packages.ts";
import { testRun } from "./test-run.ts";

const { WADESK_TEST_REPORT: reportFile, WADESK_TEST_COUNTS: countsFile } = process.env;
const given = process.argv.slice(2);
let exitCode = run(given, process.env);
// `.ci/run` asks for both
if (reportFile !== undefined && countsFile !== undefined) {
  const report = readReport(reportFile);
  const failed = failedTests(report);
  const files = existsSync(`${reportFile}.uncaught.json`) ? [] : filesToRunAgain(failed);
  const passedAgain = exitCode !== 0 && files.length > 0 && passByThemselves(files, `${reportFile}.again.json`) ? failed : [];
  if (passedAgain.length > 0) exitCode = 0;
  for (const { file, test } of passedAgain)
    console.log(
      `RACES: ${nameOf({ file, ...(test !== undefined && { test }) })} failed among all the others and passed by itself: mend it.`,
    );
  writeFileSync(countsFile, `${report.numPassedTests + passedAgain.length} ${failed.length - passedAgain.length}\n`);
}
process.exitCode = exitCode;

function run(values: readonly string[], environment: NodeJS.ProcessEnv): number {
  const call = testRun(values, environment, process.stdout.isTTY === true);
  const { status, error } = spawnSync("vitest", call.values, {
    cwd: root,
    env: call.env,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (error !== undefined) throw error;
  return status ?? 1;
}

function passByThemselves(files: readonly string[], report: string): boolean {
  console.log(`Run again by themselves, since few tests failed: ${files.map((file) => nameOf({ file })).join(", ")}`);
  return run([...files.map((file) => relative(root, file)), "--maxWorkers", "1"], { ...process.env, WADESK_TEST_REPORT: report }) === 0;
}

function readReport(path: string): TestReport {
  return JSON.parse(readFileSync(path, "utf8"));
}

function nameOf({ file, test }: FailedTest): string {
  return test === undefined ? relative(root, file) : `${relative(root, file)} > ${test}`;
}
