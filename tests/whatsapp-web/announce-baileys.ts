import { BAILEYS, lockedVersions, peerRange, versionFault } from "./baileys-version.ts";

/** Says once, before any test runs, which Baileys it runs with. Throws where that is none that `@wadesk/unofficial` takes. */
export function setup(): void {
  const [versions, range] = [lockedVersions(), peerRange()];
  const fault = versionFault(versions, range);
  if (fault !== undefined) throw new Error(fault);
  console.log(`${BAILEYS} ${versions.join()} of the lockfile, within ${range}\n`);
}
