import type { PublicPackage } from "./public-packages.ts";
import { runCommand } from "./run-command.ts";
import type { Step } from "./run-steps.ts";

/** The checks that read the sources as they are, without a build. */
export function sourceSteps(packages: readonly PublicPackage[]): readonly Step[] {
  return [
    command("format", "biome", "format", "."),
    command("lint", "biome", "lint", "--error-on-warnings", "."),
    command("types of the workspace", "tsc", "--noEmit", "-p", "tsconfig.json"),
    // a package's own settings are stricter: each export must carry its type
    ...packages.map(({ folder }) => command(`types of ${folder}`, "tsc", "--noEmit", "-p", `packages/${folder}`)),
    command("structure tests", "vitest", "run", "--config", "vitest.workspace.ts", "tests/structure"),
    command("nothing unused", "knip", "--treat-config-hints-as-errors"),
    command("documentation of the API", "typedoc"),
    { name: "changesets", run: readChangesets },
  ];
}

/** A step that passes when a command ends with 0. */
export function command(name: string, ...words: [string, ...string[]]): Step {
  return { name, run: async () => void (await runCommand(words)) };
}

/** Refuses a change of a package that no changeset announces; where there is no main branch to compare with, only reads the changesets. */
async function readChangesets(): Promise<undefined> {
  const base = await runCommand(["git", "rev-parse", "--verify", "--quiet", "main"]).then(
    () => "main",
    () => "HEAD",
  );
  await runCommand(["changeset", "status", `--since=${base}`]);
}
