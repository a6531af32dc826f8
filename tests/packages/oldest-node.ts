import { join } from "node:path";
import type { PublicPackage } from "./public-packages.ts";
import { runCommand } from "./run-command.ts";

const isWindows = process.platform === "win32";
const NAME = `node-${isWindows ? "win" : process.platform}-${process.arch}`;

/** The package that brings the oldest Node of the packages' `engines`, by its name, as a project's dependencies have it. */
export function oldestNode(packages: readonly PublicPackage[]): Readonly<Record<string, string>> {
  return { [NAME]: oldestOf(packages) };
}

/** Runs a program with that Node in a project that has the package. Rejects when it fails, or when the Node is another one. */
export async function runOnOldest(packages: readonly PublicPackage[], project: string, program: string): Promise<void> {
  const node = join(project, "node_modules", NAME, "bin", isWindows ? "node.exe" : "node");
  const version = (await runCommand([node, "--version"], { cwd: project })).trim();
  if (version !== `v${oldestOf(packages)}`) throw new Error(`${node} is ${version}, and the packages promise v${oldestOf(packages)}`);
  await runCommand([node, program], { cwd: project });
}

function oldestOf(packages: readonly PublicPackage[]): string {
  const ranges = [...new Set(packages.map(({ node }) => node))];
  const [, version] = /^>=(\d+\.\d+)$/.exec(ranges.join()) ?? [];
  if (version === undefined) throw new Error(`\`engines\` of the packages is one and the same >=N.N, and not ${ranges.join(" and ")}`);
  return `${version}.0`;
}
