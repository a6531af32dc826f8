import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environmentSteps } from "../packages/environment-steps.ts";
import { packageSteps } from "../packages/package-steps.ts";
import { publicPackages } from "../packages/public-packages.ts";
import { runSteps } from "../packages/run-steps.ts";
import type { LongPart } from "./part.ts";

/** The packed packages where strangers use them. */
export const environments: LongPart = {
  what: "the tarballs in NestJS, Jest, jsdom, Hono, Bun, Deno, Workers, CommonJS, pnpm strict, and TypeScript 5.6 to 7",
  async run() {
    const workshop = await mkdtemp(join(tmpdir(), "wadesk-environments-"));
    const packages = publicPackages();
    const packing = packageSteps(packages, workshop).filter(({ name }) => /^(build|pack) /.test(name));
    try {
      const { failed } = await runSteps([...packing, ...environmentSteps(packages, workshop)], (line) => console.log(`  ${line}`));
      return failed === 0 ? [] : [`${failed} steps failed`];
    } finally {
      await rm(workshop, { recursive: true, force: true });
    }
  },
};
