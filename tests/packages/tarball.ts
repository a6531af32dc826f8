import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { importsOf } from "../structure/imports-of.ts";
import { root } from "./public-packages.ts";
import { runCommand } from "./run-command.ts";

/** A tarball's files: path inside the package, and text. */
export type TarballFiles = ReadonlyMap<string, string>;

/** Reads every file of a tarball. */
export async function readTarball(path: string): Promise<TarballFiles> {
  const folder = await mkdtemp(join(tmpdir(), "wadesk-tarball-"));
  try {
    await runCommand(["tar", "-xzf", path, "-C", folder]);
    const top = join(folder, "package");
    const entries = await readdir(top, { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    return new Map(await Promise.all(paths.map(async (file) => [file.slice(top.length + 1), await readFile(file, "utf8")] as const)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What is wrong with a packed package; empty when nothing is. */
export function tarballFaults(files: TarballFiles): readonly string[] {
  return [
    ...placeFaults(files),
    ...manifestFaults(files),
    ...[...files.keys()].flatMap((path) => [...mapFaults(files, path), ...protocolFaults(files, path)]),
  ];
}

const BESIDE_DIST: readonly string[] = ["package.json", "README.md", "LICENSE", "llms.txt"];

function placeFaults(files: TarballFiles): readonly string[] {
  const missing = BESIDE_DIST.filter((path) => !files.has(path)).map((path) => `${path} is missing`);
  const { customElements = "" } = manifestOf(files);
  const extra = [...files.keys()].filter((path) => !path.startsWith("dist/") && ![...BESIDE_DIST, customElements].includes(path));
  const telling = [...files].filter(([, text]) => text.includes(root)).map(([path]) => `${path} names a folder of this machine`);
  return [...missing, ...extra.map((path) => `${path} does not belong into the package`), ...telling];
}

function manifestOf(files: TarballFiles): Manifest {
  return JSON.parse(files.get("package.json") ?? "{}") as Manifest;
}

function manifestFaults(files: TarballFiles): readonly string[] {
  const manifest = manifestOf(files);
  const ranges = Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies });
  const unresolved = ranges.filter(([, range]) => range.startsWith("workspace:")).map(([name]) => `${name} still has a workspace range`);
  const targets = [manifest.exports, manifest.bin, manifest.customElements]
    .flatMap(leaves)
    .filter((target) => !files.has(posix.normalize(target)));
  return [...unresolved, ...targets.map((target) => `package.json names ${target}, which is not there`)];
}

const TAG_SCRIPTS = "dist/wadesk-elements/";

function mapFaults(files: TarballFiles, path: string): readonly string[] {
  if (!path.endsWith(".js")) return [];
  // one that says from where it exports has no line of any source
  if (/^(import|export) \{[^}]*\}( from "[^"]+")?;\s*$/.test(files.get(path) ?? "")) return [];
  // whoever debugs the elements takes the modules, and a page with a script tag needs nothing beside its files
  if (path.startsWith(TAG_SCRIPTS)) return [];
  // what the bundler brings itself has no source either
  if (files.get(path)?.startsWith("// \\0rolldown/")) return [];
  const [, url] = /\/\/# sourceMappingURL=(\S+)\s*$/.exec(files.get(path) ?? "") ?? [];
  const text = url === undefined ? undefined : files.get(posix.join(dirname(path), url));
  if (text === undefined) return [`${path} has no source map`];
  const map = JSON.parse(text) as { readonly sources: readonly string[]; readonly sourcesContent?: readonly unknown[] };
  const bare = map.sources.filter((_source, index) => typeof map.sourcesContent?.[index] !== "string");
  return bare.map((source) => `the source map of ${path} lacks the text of ${source}`);
}

function protocolFaults(files: TarballFiles, path: string): readonly string[] {
  if (!/\.(js|d\.ts)$/.test(path)) return [];
  const bare = importsOf({ path, text: files.get(path) ?? "" }).filter(
    ({ specifier }) => !specifier.startsWith("node:") && isBuiltin(specifier),
  );
  return bare.map(({ specifier }) => `${path} imports ${specifier} without "node:", which not every runtime knows`);
}

/** Every string in a nest of objects. */
function leaves(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leaves) : [];
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly exports?: unknown;
  readonly bin?: unknown;
  /** Where it tells editors of its elements. */
  readonly customElements?: string;
}
