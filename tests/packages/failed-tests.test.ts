import { describe, expect, it } from "vitest";
import { failedTests, filesToRunAgain, type TestReport } from "./failed-tests.ts";

const file = (name: string, ...tests: readonly string[]): TestReport["testResults"][number] => ({
  name,
  status: tests.includes("failed") ? "failed" : "passed",
  assertionResults: tests.map((status, index) => ({ fullName: `test ${index}`, status })),
});

describe("what failed in a run", () => {
  it("is each test that failed, and each file that did not load", () => {
    const unloaded = { name: "/a/b.test.ts", status: "failed", assertionResults: [] };
    const report = { numPassedTests: 2, testResults: [file("/a/a.test.ts", "passed", "failed", "skipped", "passed"), unloaded] };
    expect(failedTests(report)).toEqual([{ file: "/a/a.test.ts", test: "test 1" }, { file: "/a/b.test.ts" }]);
    expect(failedTests({ numPassedTests: 1, testResults: [file("/a/a.test.ts", "passed")] })).toEqual([]);
  });
});

describe("a second look by itself", () => {
  const failures = (...files: readonly string[]) => files.map((file) => ({ file, test: "fails" }));

  it("is for the files of up to three tests that failed", () => {
    expect(filesToRunAgain([])).toEqual([]);
    expect(filesToRunAgain(failures("/a/a.test.ts", "/a/a.test.ts", "/a/b.test.ts"))).toEqual(["/a/a.test.ts", "/a/b.test.ts"]);
    expect(filesToRunAgain(failures("/a/a.test.ts", "/a/b.test.ts", "/a/c.test.ts", "/a/d.test.ts"))).toEqual([]);
  });

  it.each(["durability", "secrets", "gate"])("is for nothing where tests/%s found something", (folder) => {
    expect(filesToRunAgain(failures("/a/a.test.ts", `/a/tests/${folder}/b.test.ts`))).toEqual([]);
  });
});
