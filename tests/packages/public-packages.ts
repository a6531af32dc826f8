import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's top folder. */
export const root: string = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** A package that is published. */
export interface PublicPackage {
  /** The folder's name under `packages`. */
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  /** What can be imported of it: `.`, `./express`. */
  readonly entries: readonly string[];
  /** The Node that it promises to run on, as a range. */
  readonly node: string;
}

/** Every package under `packages`, in alphabetical order. */
export function publicPackages(): readonly PublicPackage[] {
  return readdirSync(join(root, "packages"))
    .sort()
    .map((folder) => {
      const manifest = JSON.parse(readFileSync(join(root, "packages", folder, "package.json"), "utf8")) as Manifest;
      const entries = Object.keys(manifest.exports).filter((entry) => entry !== "./package.json");
      return { folder, name: manifest.name, version: manifest.version, entries, node: manifest.engines.node };
    });
}

/** What users write to import each entry: `@wadesk/webhooks`, `@wadesk/webhooks/express`. */
export function entriesOf({ name, entries }: PublicPackage): readonly string[] {
  return entries.map((entry) => name + entry.slice(1));
}

/** The file name that packing gives a package's tarball. */
export function tarballName({ name, version }: PublicPackage): string {
  return `${name.replace("@", "").replace("/", "-")}-${version}.tgz`;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly engines: { readonly node: string };
}
