/** How `pnpm test` calls Vitest: its arguments and its environment. */
export interface TestRun {
  readonly values: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The call for these arguments. Vitest colours what it prints into a pipe or a file too, where the codes stand between the words; `FORCE_COLOR` still asks for them. */
export function testRun(given: readonly string[], environment: Readonly<Record<string, string | undefined>>, isTerminal: boolean): TestRun {
  const plain = !isTerminal && environment.FORCE_COLOR === undefined;
  return {
    values: ["run", "--config", "vitest.workspace.ts", ...given],
    env: { ...environment, ...(plain && { NO_COLOR: "1" }), ...(given.length === 0 && { WADESK_ALL_TESTS: "1" }) },
  };
}
