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
  /** Settings of pnpm's that it has beside the tarballs. */
  readonly settings?: Readonly<Record<string, boolean>>;
}

/** Copies a project, lets it depend on the tarballs and installs it. */
export async function installTarballs({ settings, ...outside }: OutsideProject): Promise<void> {
  const tarballs = await copyProject(outside);
  // the overrides are for what the packages want of each other: nothing of this version is published yet
  const allowBuilds = { "@whiskeysockets/baileys": false, esbuild: false, msw: false, protobufjs: false, sharp: false };
  await writeFile(
    join(outside.project, "pnpm-workspace.yaml"),
    JSON.stringify({ overrides: tarballs, allowBuilds, pmOnFail: "ignore", ...settings }),
  );
  await runCommand(["npx", "-y", "pnpm@12", "install", "--no-frozen-lockfile", "--prefer-offline"], { cwd: outside.project });
}

/** The same by npm, which refuses a project whose packages contradict each other. */
export async function installTarballsByNpm(outside: Omit<OutsideProject, "settings">): Promise<void> {
  await copyProject(outside);
  await runCommand(["npm", "install", "--no-audit", "--no-fund", "--prefer-offline"], { cwd: outside.project, timeoutMs: 900_000 });
}

async function copyProject(outside: Omit<OutsideProject, "settings">): Promise<Readonly<Record<string, string>>> {
  const { packages, workshop, fixture, beside, project, versions = {} } = outside;
  await mkdir(project);
  await cp(fixture, project, { recursive: true, filter: (path) => !/\/(node_modules|\.next)$/.test(path) });
  if (beside !== undefined) await cp(beside, project, { recursive: true });
  const manifest = JSON.parse(await readFile(join(project, "package.json"), "utf8")) as { readonly dependencies?: object };
  const tarballs = Object.fromEntries(packages.map((each) => [each.name, `file:${join(workshop, tarballName(each))}`]));
  await writeFile(
    join(project, "package.json"),
    JSON.stringify({ ...manifest, dependencies: { ...manifest.dependencies, ...tarballs, ...versions } }),
  );
  return tarballs;
}
