import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageSteps } from "../packages/package-steps.ts";
import { publicPackages } from "../packages/public-packages.ts";
import { runSteps } from "../packages/run-steps.ts";
import { walkPages } from "../packages/walks/page-walks.ts";
import type { LongPart } from "./part.ts";

/** The pages, followed to the letter. */
export const walks: LongPart = {
  what: "README, quick start and every guide, walked from an empty folder with the tarballs, on three Nodes",
  async run() {
    const workshop = await mkdtemp(join(tmpdir(), "wadesk-walks-"));
    const packages = publicPackages();
    const packing = packageSteps(packages, workshop).filter(({ name }) => /^(build|pack) /.test(name));
    const print = (line: string): void => console.log(`  ${line}`);
    try {
      const { failed } = await runSteps(packing, print);
      if (failed > 0) return [`${failed} packages could not be packed`];
      return await walkPages(packages, workshop, print);
    } finally {
      await rm(workshop, { recursive: true, force: true });
    }
  },
};
