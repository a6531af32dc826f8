import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../packages/public-packages.ts";
import { BAILEYS, lockedVersions, newestIn, peerRange } from "../whatsapp-web/baileys-version.ts";
import type { LongPart } from "./part.ts";

const run = promisify(execFile);

/** Everything that stands on Baileys. */
const SUITE = ["tests/whatsapp-web", "packages/unofficial", "tests/journeys/unofficial-", "tests/durability/unofficial", "tests/contracts"];

/** The suite on Baileys' newest release that the package takes, or on `WADESK_BAILEYS`, in a clone of what was committed. */
export const newestBaileys: LongPart = {
  what: "the suite with the newest Baileys on npm that @wadesk/unofficial takes",
  async run() {
    const range = peerRange();
    const asked = process.env.WADESK_BAILEYS;
    const version = asked ?? newestIn(await publishedVersions(), range);
    if (version === undefined) return [`npm has no ${BAILEYS} within ${range}`];
    console.log(`  ${BAILEYS} ${version}; the lockfile holds ${lockedVersions().join()}`);
    if (asked === undefined && lockedVersions().includes(version)) {
      console.log("  every test runs with it already");
      return [];
    }
    const clone = await mkdtemp(join(tmpdir(), "wadesk-newest-"));
    try {
      await run("git", ["clone", "--quiet", root, clone]);
      await appendFile(join(clone, "pnpm-workspace.yaml"), `overrides:\n  "${BAILEYS}": ${version}\n`);
      if ((await follow(clone, "npx", ["-y", "pnpm@12", "install", "--no-frozen-lockfile"])) !== 0) return ["it could not be installed"];
      const code = await follow(clone, "npx", ["-y", "pnpm@12", "exec", "vitest", "run", "--config", "vitest.workspace.ts", ...SUITE]);
      return code === 0 ? [] : [`the suite does not hold with ${BAILEYS} ${version}`];
    } finally {
      await rm(clone, { recursive: true, force: true });
    }
  },
};

async function publishedVersions(): Promise<readonly string[]> {
  const { stdout } = await run("npm", ["view", BAILEYS, "versions", "--json"], { maxBuffer: 1e7 });
  return JSON.parse(stdout) as readonly string[];
}

async function follow(cwd: string, command: string, words: readonly string[]): Promise<number | null> {
  const child = spawn(command, words, { cwd, stdio: ["ignore", "inherit", "inherit"] });
  const [code] = (await once(child, "exit")) as [number | null];
  return code;
}
