import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";

interface Manifest {
  readonly name: string;
  readonly publishConfig: { readonly exports: Readonly<Record<string, string | { readonly default: string }>> };
}

/** The folder of a package of this repository that a source file lies in. */
const PACKAGE_OF_SOURCE = /^(file:.*\/packages\/[^/]+\/)src\//;

// what a user installs is what is measured: files whose types are taken out while they load weigh, and plain Baileys brings none
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    const [, folder] = specifier.startsWith("@wadesk/") ? (PACKAGE_OF_SOURCE.exec(found.url) ?? []) : [];
    if (folder === undefined) return found;
    const { name, publishConfig } = JSON.parse(readFileSync(new URL("package.json", folder), "utf8")) as Manifest;
    const entry = publishConfig.exports[`.${specifier.slice(name.length)}`];
    if (entry === undefined) throw new Error(`${name} publishes no ${specifier}`);
    return { ...found, url: new URL(typeof entry === "string" ? entry : entry.default, folder).href, format: "module" };
  },
});
