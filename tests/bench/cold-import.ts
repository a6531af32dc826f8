import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Figure, milliseconds } from "./figure.ts";
import { medianOf } from "./race.ts";

const PACKAGES = new URL("../../packages/", import.meta.url).pathname;
const TARGETS = { webhooks: 30, core: 30, "cloud-api": 40, twilio: 40 };
const RUNS = 9;

interface Manifest {
  readonly exports: unknown;
  readonly publishConfig: { readonly exports: unknown };
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** The packages whose import is measured. */
export const IMPORTED: readonly string[] = Object.keys(TARGETS);

/** What a fresh process pays for importing each package as it is published, over one that imports nothing. */
export function coldImports(): readonly Figure[] {
  const folder = installed();
  try {
    const paid = new Map<string, Cost[]>(Object.keys(TARGETS).map((name) => [name, []]));
    for (let run = -1; run < RUNS; run += 1) {
      for (const [name, costs] of paid) {
        // each beside an empty process of its own, since the machine is not equally quick from second to second
        const empty = costOf(folder, "");
        const importing = costOf(folder, `await import("@wadesk/${name}");`);
        if (run >= 0) costs.push({ wall: importing.wall - empty.wall, cpu: importing.cpu - empty.cpu });
      }
    }
    return Object.entries(TARGETS).map(([name, most]) => {
      const costs = paid.get(name) ?? [];
      const figure = milliseconds(`Cold import of @wadesk/${name}`, medianOf(costs.map(({ wall }) => wall)), most);
      return { ...figure, note: `CPU ${medianOf(costs.map(({ cpu }) => cpu)).toFixed(1)} ms` };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds by the clock, and of the processor: on a busy machine only the second means anything. */
export interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

/** What a process costs that runs this script in this folder. */
export function costOf(folder: string, script: string): Cost {
  const measured = `${script}const { user, system } = process.cpuUsage(); console.log((user + system) / 1000);`;
  const before = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", measured], {
    cwd: folder,
    encoding: "utf8",
  });
  const wall = performance.now() - before;
  if (status !== 0) throw new Error(`"${script}" failed: ${stderr}`);
  return { wall, cpu: Number(stdout) };
}

/**
 * A folder in which every package of a checkout lies as its tarball has it; the workspace's own links lead to sources. The caller removes it.
 */
export function installed(packages: string = PACKAGES): string {
  const folder = mkdtempSync(join(tmpdir(), "wadesk-bench-"));
  const modules = join(folder, "node_modules");
  for (const name of Object.keys(TARGETS)) {
    const from = join(packages, name);
    if (!existsSync(join(from, "dist/index.js"))) throw new Error(`nothing is built in ${packages}; run there first: npx -y pnpm@12 build`);
    const manifest = JSON.parse(readFileSync(join(from, "package.json"), "utf8")) as Manifest;
    const to = join(modules, "@wadesk", name);
    cpSync(join(from, "dist"), join(to, "dist"), { recursive: true });
    writeFileSync(join(to, "package.json"), JSON.stringify({ ...manifest, exports: manifest.publishConfig.exports }));
    for (const dependency of Object.keys(manifest.dependencies ?? {})) {
      const target = join(modules, dependency);
      if (dependency.startsWith("@wadesk/") || existsSync(target)) continue;
      mkdirSync(dirname(target), { recursive: true });
      symlinkSync(realpathSync(join(from, "node_modules", dependency)), target);
    }
  }
  return folder;
}

/** Builds the packages that are not built, or whose sources are newer than what was: figures of those would be yesterday's. */
export function buildStale(names: readonly string[]): void {
  const stale = names.filter((name) => {
    const dist = join(PACKAGES, name, "dist");
    return !existsSync(join(dist, "index.js")) || newestIn(join(PACKAGES, name, "src")) > newestIn(dist);
  });
  for (const name of stale) {
    console.log(`Building packages/${name} first`);
    const { status, stdout, stderr } = spawnSync("tsdown", { cwd: join(PACKAGES, name), encoding: "utf8", shell: true });
    if (status !== 0) throw new Error(`packages/${name} does not build:\n${stdout}${stderr}`);
  }
}

function newestIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.endsWith(".test.ts"),
  );
  return Math.max(0, ...files.map(({ parentPath, name }) => statSync(join(parentPath, name)).mtimeMs));
}
