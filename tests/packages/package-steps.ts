import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { entriesOf, type PublicPackage, root, tarballName } from "./public-packages.ts";
import { runCommand } from "./run-command.ts";
import type { Step } from "./run-steps.ts";
import { command } from "./source-steps.ts";
import { readTarball, tarballFaults } from "./tarball.ts";

/** Builds each package, packs it as it would be published, and checks the tarball. */
export function packageSteps(packages: readonly PublicPackage[], workshop: string): readonly Step[] {
  const built = packages.map(({ folder }) => `build ${folder}`);
  return [
    ...packages.flatMap((each) => stepsOf(each, workshop)),
    { name: "every entry has a size budget", run: () => refuseUnweighed(packages) },
    { ...command("size budget", "size-limit"), after: built },
  ];
}

function stepsOf(each: PublicPackage, workshop: string): readonly Step[] {
  const { folder } = each;
  const tarball = join(workshop, tarballName(each));
  const packed = [`pack ${folder}`];
  return [
    { name: `build ${folder}`, run: async () => void (await runCommand(["tsdown"], { cwd: join(root, "packages", folder) })) },
    { name: `pack ${folder}`, after: [`build ${folder}`], run: () => pack(each, workshop) },
    { ...command(`publint ${folder}`, "publint", "--strict", tarball), after: packed },
    { ...command(`attw ${folder}`, "attw", tarball, "--profile", "esm-only"), after: packed },
  ];
}

async function pack(each: PublicPackage, workshop: string): Promise<string> {
  // npm's own `pack` would leave publishConfig.exports out and publish the sources' paths
  await runCommand(["npx", "-y", "pnpm@12", "--filter", each.name, "pack", "--pack-destination", workshop]);
  const files = await readTarball(join(workshop, tarballName(each)));
  const faults = tarballFaults(files);
  if (faults.length > 0) throw new Error(faults.join("\n"));
  return `${files.size} files`;
}

async function refuseUnweighed(packages: readonly PublicPackage[]): Promise<undefined> {
  const { default: rows } = (await import(pathToFileURL(join(root, ".size-limit.js")).href)) as SizeLimits;
  const weighed = new Set(rows.map(({ name }) => name));
  const missing = packages.flatMap(entriesOf).filter((entry) => !weighed.has(entry));
  if (missing.length > 0) throw new Error(`.size-limit.js has no row for ${missing.join(", ")}`);
}

interface SizeLimits {
  readonly default: readonly { readonly name: string }[];
}
