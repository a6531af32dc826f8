import { isBuiltin } from "node:module";
import { posix } from "node:path";
import { type Import, importsOf } from "./imports-of.ts";
import { isForTests, packageOf, type SourceFile } from "./source-files.ts";

/** Which of our packages each package may import. A channel never imports another, `webhooks` never a channel, `core` none of them. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  webhooks: ["core"],
  "cloud-api": ["core"],
  twilio: ["core"],
  unofficial: ["core"],
  storage: ["core"],
  devices: ["core"],
  testing: ["core"],
};

/** A folder that is a whole application, and what it may import beside what its package may. */
const APPLICATIONS: readonly (readonly [folder: string, packages: readonly string[]])[] = [
  ["packages/unofficial/src/service/", ["storage", "webhooks"]],
];

/** Packages that also run on Bun, Deno and edge runtimes, and the folder of each that is for Node all the same. */
const WEB_STANDARD: Readonly<Record<string, string | undefined>> = {
  core: undefined,
  webhooks: "packages/webhooks/src/mounts/",
  "cloud-api": undefined,
  devices: undefined,
};

/** What one file of a package imports that it may not. */
export function arrowFaults(file: SourceFile): readonly string[] {
  const faults = importsOf(file).map((each) => faultOf(file.path, each));
  return faults.filter((fault) => fault !== undefined).map((fault) => `${file.path} ${fault}`);
}

function faultOf(path: string, { specifier, kind }: Import): string | undefined {
  const from = packageOf(path);
  const allowed = MAY_IMPORT[from];
  if (allowed === undefined) return `belongs to ${from}, whose arrows nobody has drawn yet`;
  if (specifier.startsWith(".")) return relativeFault(path, specifier);
  const [scope, target = ""] = specifier.split("/");
  if (scope === "@wadesk") {
    const ofApplication = APPLICATIONS.some(([folder, packages]) => path.startsWith(folder) && packages.includes(target));
    const free = allowed.includes(target) || ofApplication || (isForTests(path) && target === "testing");
    return free ? undefined : `imports ${specifier}, which ${from} may not know`;
  }
  const nodeIsFine = !(from in WEB_STANDARD) || isForTests(path) || path.startsWith(WEB_STANDARD[from] ?? "\0");
  return kind === "type" || nodeIsFine || !isBuiltin(specifier) ? undefined : `imports ${specifier}, which exists in Node alone`;
}

function relativeFault(path: string, specifier: string): string | undefined {
  const target = posix.join(posix.dirname(path), specifier);
  if (!target.startsWith(`packages/${packageOf(path)}/src/`)) return `reaches out of its package with ${specifier}`;
  if (isForTests(target) && !isForTests(path)) return `imports ${specifier}, which is there for tests`;
  return /\.(ts|json)$/.test(specifier) ? undefined : `imports ${specifier} without its file ending`;
}
