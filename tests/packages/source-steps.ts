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
    command("structure tests", "vitest", "run", "--config", "vitest.workspace.ts", "--reporter", "dot", "tests/structure"),
    command("nothing unused", "knip", "--treat-config-hints-as-errors"),
    command("documentation of the API", "typedoc"),
    { name: "changesets", run: readChangesets },
  ];
}

/** A step that passes when a command ends with 0. */
export function command(name: string, ...words: [string, ...string[]]): Step {
  return { name, run: async () => void (await runCommand(words)) };
}

/** Refuses a change of a package that no changeset announces. */
async function readChangesets(): Promise<string> {
  const base = await changedSince();
  await runCommand(["changeset", "status", `--since=${base}`]);
  return `since ${base.slice(0, 8)}`;
}

/** On a branch, where it left main; on main itself the last release, which writes the change logs, and before any release the first commit. */
async function changedSince(): Promise<string> {
  const [head, main] = await Promise.all([lines("rev-parse", "HEAD"), lines("rev-parse", "--verify", "--quiet", "main")]);
  if (main.length > 0 && main[0] !== head[0]) return "main";
  const [release] = await lines("log", "-1", "--format=%H", "--", "packages/*/CHANGELOG.md");
  const [first = "HEAD"] = await lines("rev-list", "--max-parents=0", "HEAD");
  return release ?? first;
}

async function lines(...words: readonly string[]): Promise<readonly string[]> {
  const output = await runCommand(["git", ...words]).catch(() => "");
  return output.split("\n").filter((line) => line !== "");
}
