import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LongPart } from "./part.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SUITE = ["packages/cloud-api", "packages/webhooks", "tests/contracts", "tests/journeys", "tests/specification"];
// those that say themselves which version is asked
const OF_THE_DEFAULT = ["tests/journeys/graph-version.test.ts", "tests/journeys/raw.test.ts"];
// those that ask Meta for nothing
const OF_OTHERS = [
  "tests/journeys/{unofficial,twilio}-*.test.ts",
  "tests/contracts/{unofficial,session,echo,settings}-*.test.ts",
  "tests/contracts/*-storage.test.ts",
  "tests/specification/twilio/**",
];

/** Everything that speaks with Meta, on the newest version of the Graph API. */
export const graphV26: LongPart = {
  what: "everything that speaks with Meta, on Graph API v26.0",
  async run() {
    const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json", { paths: [ROOT] })), "vitest.mjs");
    const without = [...OF_THE_DEFAULT, ...OF_OTHERS].flatMap((file) => ["--exclude", file]);
    // it says what does not hold on that version, and not how busy the machine is
    const patience = ["--testTimeout", "600000", "--hookTimeout", "600000"];
    const command = [vitest, "run", "--config", "tests/long/graph-v26.config.ts", "--root", ".", ...patience, ...without, ...SUITE];
    const child = spawn(process.execPath, command, { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"] });
    const [code] = (await once(child, "exit")) as [number | null];
    return code === 0 ? [] : ["something does not hold on Graph API v26.0"];
  },
};
