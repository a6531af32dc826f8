import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadedTooEarly } from "./loaded-on-use.ts";
import { type PublicPackage, root, tarballName } from "./public-packages.ts";
import { runCommand } from "./run-command.ts";
import type { Step } from "./run-steps.ts";

const FIXTURE: string = join(root, "tests", "packages", "consumer");

/** Installs the tarballs into an empty project, compiles a strict consumer against them and runs it. */
export function consumerSteps(packages: readonly PublicPackage[], workshop: string): readonly Step[] {
  const project = join(workshop, "consumer");
  const entries = packages.flatMap(entriesOf);
  const installed = ["consumer: install"];
  const compiled = ["consumer: compiles as NodeNext"];
  const step = (name: string, after: readonly string[], run: () => Promise<unknown>): Step => ({
    name: `consumer: ${name}`,
    after,
    run: async () => void (await run()),
  });
  return [
    step("uses every public entry", [], () => refuseUnusedEntries(entries)),
    step(
      "install",
      packages.map(({ folder }) => `pack ${folder}`),
      () => install(packages, workshop, project),
    ),
    step("compiles as NodeNext", installed, () => runCommand(["tsc", "-p", "."], { cwd: project })),
    step("compiles as bundler", installed, () => runCommand(["tsc", "-p", "tsconfig.bundler.json"], { cwd: project })),
    step("runs by import", compiled, () => runCommand(["node", "out/imported.js"], { cwd: project })),
    step("runs by require", compiled, () => runCommand(["node", "out/required.cjs"], { cwd: project })),
    step("runs the contracts", compiled, () =>
      runCommand([join(project, "node_modules", ".bin", "vitest"), "run", "--dir", "out"], { cwd: project }),
    ),
    step("loads nothing heavy", installed, () => refuseHeavyEntries(entries, project)),
  ];
}

function entriesOf({ name, entries }: PublicPackage): readonly string[] {
  return entries.map((entry) => name + entry.slice(1));
}

async function refuseUnusedEntries(entries: readonly string[]): Promise<void> {
  const folder = join(FIXTURE, "src");
  const texts = await Promise.all((await readdir(folder)).map((file) => readFile(join(folder, file), "utf8")));
  const unused = entries.filter((entry) => !texts.some((text) => text.includes(`"${entry}"`)));
  if (unused.length > 0) throw new Error(`tests/packages/consumer/src imports no ${unused.join(", ")}`);
}

async function install(packages: readonly PublicPackage[], workshop: string, project: string): Promise<void> {
  await mkdir(project);
  await cp(FIXTURE, project, { recursive: true });
  const manifest = JSON.parse(await readFile(join(project, "package.json"), "utf8")) as object;
  const tarballs = Object.fromEntries(packages.map((each) => [each.name, `file:${join(workshop, tarballName(each))}`]));
  await writeFile(join(project, "package.json"), JSON.stringify({ ...manifest, dependencies: tarballs }));
  // the overrides are for what the packages want of each other: nothing of this version is published yet
  await writeFile(
    join(project, "pnpm-workspace.yaml"),
    JSON.stringify({ overrides: tarballs, allowBuilds: { esbuild: false, msw: false }, pmOnFail: "ignore" }),
  );
  await runCommand(["npx", "-y", "pnpm@12", "install", "--no-frozen-lockfile", "--prefer-offline"], { cwd: project });
}

async function refuseHeavyEntries(entries: readonly string[], project: string): Promise<void> {
  const faults: string[] = [];
  for (const entry of entries) {
    const loaded = JSON.parse(await runCommand(["node", "loads.mjs", entry], { cwd: project })) as readonly string[];
    faults.push(...loadedTooEarly(entry, loaded).map((name) => `${entry} loads ${name}, which belongs behind an import() on first use`));
  }
  if (faults.length > 0) throw new Error(faults.join("\n"));
}
