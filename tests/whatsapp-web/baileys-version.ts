import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../packages/public-packages.ts";

/** The name under which npm has it. */
export const BAILEYS = "@whiskeysockets/baileys";

/** The versions that `@wadesk/unofficial` takes beside it, such as `>=7.0.0-rc14 <8`. */
export function peerRange(): string {
  const manifest = JSON.parse(readFileSync(join(root, "packages/unofficial/package.json"), "utf8")) as {
    readonly peerDependencies: Readonly<Record<string, string>>;
  };
  return manifest.peerDependencies[BAILEYS] ?? "";
}

/** Every version that the lockfile holds. */
export function lockedVersions(): readonly string[] {
  const lockfile = readFileSync(join(root, "pnpm-lock.yaml"), "utf8");
  return [...lockfile.matchAll(/^ {2}'@whiskeysockets\/baileys@([^'()]+)':$/gm)].map(([, version = ""]) => version);
}

/** What is wrong with the versions of a lockfile, if anything. */
export function versionFault(versions: readonly string[], range: string): string | undefined {
  const [version, ...others] = versions;
  if (version === undefined) return `the lockfile holds no ${BAILEYS}; install ${range}`;
  if (others.length > 0) return `the lockfile holds ${BAILEYS} ${versions.join(" and ")}; let all packages take one`;
  if (!isInRange(version, range)) return `the lockfile holds ${BAILEYS} ${version}, which is not ${range}; install one that is`;
  return undefined;
}

/** Whether npm would take a version for a range of comparators: a prerelease only where one of them names one of the same release. */
export function isInRange(version: string, range: string): boolean {
  const comparators = [...range.matchAll(/(>=|<)\s*(\S+)/g)].map(([, sign = "", bound = ""]) => ({ sign, bound: parse(bound) }));
  const parsed = parse(version);
  const isNamed = comparators.some(({ bound }) => bound.pre.length > 0 && compareLists(bound.release, parsed.release) === 0);
  if (comparators.length === 0 || (parsed.pre.length > 0 && !isNamed)) return false;
  return comparators.every(({ sign, bound }) => (sign === ">=" ? compare(parsed, bound) >= 0 : compare(parsed, bound) < 0));
}

/** The newest version within a range, by semver and not by its day. */
export function newestIn(versions: readonly string[], range: string): string | undefined {
  return versions
    .filter((version) => isInRange(version, range))
    .sort((one, other) => compare(parse(one), parse(other)))
    .at(-1);
}

type Part = number | string;
interface Version {
  readonly release: readonly Part[];
  /** `rc.9` is two, `rc14` is one. */
  readonly pre: readonly Part[];
}

function parse(version: string): Version {
  const [release = "", ...pre] = version.replace(/\+.*$/, "").split("-");
  const parts = (text: string): readonly Part[] => text.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  const numbers = parts(release);
  return { release: [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0], pre: pre.length === 0 ? [] : parts(pre.join("-")) };
}

function compare(one: Version, other: Version): number {
  const byRelease = compareLists(one.release, other.release);
  if (byRelease !== 0) return byRelease;
  // a release is newer than what came before it
  if (one.pre.length === 0 || other.pre.length === 0) return other.pre.length - one.pre.length;
  return compareLists(one.pre, other.pre);
}

function compareLists(one: readonly Part[], other: readonly Part[]): number {
  for (let index = 0; index < Math.max(one.length, other.length); index += 1) {
    const [a, b] = [one[index], other[index]];
    if (a === b) continue;
    if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
    // numbers come before words
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    return a < b ? -1 : 1;
  }
  return 0;
}
