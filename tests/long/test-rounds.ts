import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LongPart } from "./part.ts";

/** A test that is run again and again, or with more of everything. */
export interface Rounds {
  readonly what: string;
  readonly file: string | readonly string[];
  /** Each with a seed of its own. */
  readonly rounds: number;
  /** How much more of everything it is told to take, in `WADESK_TIMES`. */
  readonly times: number;
}

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Makes a part of a test file. Round `n` has the seed of the run and `n` more. */
export function testRounds({ what, file, rounds, times }: Rounds): LongPart {
  return {
    what,
    async run(seed) {
      const broken: string[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const of = seed + round;
        const began = performance.now();
        const code = await runTest([file].flat(), { WADESK_SEED: String(of), WADESK_TIMES: String(times) });
        console.log(`  round ${round + 1} of ${rounds}, seed ${of}: ${Math.round(performance.now() - began)} ms`);
        if (code !== 0) broken.push(`${[file].flat().join(" ")} failed; to see it again: WADESK_SEED=${of} WADESK_TIMES=${times}`);
      }
      return broken;
    },
  };
}

async function runTest(files: readonly string[], told: Readonly<Record<string, string>>): Promise<number | null> {
  const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json", { paths: [ROOT] })), "vitest.mjs");
  const command = [vitest, "run", "--config", "vitest.workspace.ts", "--testTimeout", "3600000", ...files];
  const child = spawn(process.execPath, command, { cwd: ROOT, env: { ...process.env, ...told }, stdio: ["ignore", "inherit", "inherit"] });
  const [code] = (await once(child, "exit")) as [number | null];
  return code;
}
