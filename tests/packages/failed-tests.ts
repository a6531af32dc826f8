/** One test that failed, or a file of tests that did not load, as `test` says. */
export interface FailedTest {
  readonly file: string;
  /** The test's name with those of the groups around it; absent where the file did not load. */
  readonly test?: string;
}

/** What is read of Vitest's report in JSON. */
export interface TestReport {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** What failed in a run. */
export function failedTests({ testResults }: TestReport): readonly FailedTest[] {
  return testResults.flatMap(({ name: file, status, assertionResults }): readonly FailedTest[] => {
    if (assertionResults.length === 0) return status === "failed" ? [{ file }] : [];
    return assertionResults.filter(({ status }) => status === "failed").map(({ fullName: test }) => ({ file, test }));
  });
}

/** So many at most are put down to a busy machine. */
const FEW = 3;
/** What these find happens by chance: a loss that is seen once is a loss. */
const NEVER_AGAIN = ["tests/durability/", "tests/secrets/", "tests/gate/"];

/** The files that a second look is for, each by itself; none where more failed than a busy machine explains, or where a failure counts though it is rare. */
export function filesToRunAgain(failed: readonly FailedTest[]): readonly string[] {
  if (failed.length > FEW || failed.some(({ file }) => NEVER_AGAIN.some((folder) => file.replaceAll("\\", "/").includes(folder))))
    return [];
  return [...new Set(failed.map(({ file }) => file))];
}
