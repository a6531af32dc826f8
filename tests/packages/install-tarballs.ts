import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type PublicPackage, tarballName } from "./public-packages.ts";
import { runCommand } from "./run-command.ts";

/** A project that stands outside the workspace and uses the packages as they would be published. */
export interface OutsideProject {
  /** The packages whose tarballs are in the workshop. */
  readonly packages: readonly PublicPackage[];
  readonly workshop: string;
  /** The folder that the project is copied from. */
  readonly fixture: string;
  /** A folder whose files are put beside those of the project. */
  readonly beside?: string;
  /** Where it is copied to; made here. */
  readonly project: string;
  /** Versions that count over those of its package.json. */
  readonly versions?: Readonly<Record<string, string>>;
}

/** Copies a project, lets it depend on the tarballs and installs it. */
export async function installTarballs({ packages, workshop, fixture, beside, project, versions = {} }: OutsideProject): Promise<void> {
  await mkdir(project);
  await cp(fixture, project, { recursive: true, filter: (path) => !/\/(node_modules|\.next)$/.test(path) });
  if (beside !== undefined) await cp(beside, project, { recursive: true });
  const manifest = JSON.parse(await readFile(join(project, "package.json"), "utf8")) as { readonly dependencies?: object };
  const tarballs = Object.fromEntries(packages.map((each) => [each.name, `file:${join(workshop, tarballName(each))}`]));
  await writeFile(
    join(project, "package.json"),
    JSON.stringify({ ...manifest, dependencies: { ...manifest.dependencies, ...tarballs, ...versions } }),
  );
  // the overrides are for what the packages want of each other: nothing of this version is published yet
  const allowBuilds = { esbuild: false, msw: false, sharp: false };
  await writeFile(join(project, "pnpm-workspace.yaml"), JSON.stringify({ overrides: tarballs, allowBuilds, pmOnFail: "ignore" }));
  await runCommand(["npx", "-y", "pnpm@12", "install", "--no-frozen-lockfile", "--prefer-offline"], { cwd: project });
}
