import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nextSteps } from "../packages/next-steps.ts";
import { packageSteps } from "../packages/package-steps.ts";
import { publicPackages } from "../packages/public-packages.ts";
import { runSteps } from "../packages/run-steps.ts";
import type { LongPart } from "./part.ts";
import { testRounds } from "./test-rounds.ts";

const EXAMPLES = "tests/browser/example";

const inTheWorkspace = testRounds({
  what: "the views and the examples that run in the workspace",
  file: ["tests/browser/elements/views.test.ts", "tests/browser/elements/many.test.ts", EXAMPLES],
  rounds: 1,
  times: 10,
});

/** The elements in every look, and every example walked whole: Express and Fastify from the workspace, Next.js built by each major with the tarballs. */
export const screen: LongPart = {
  what: "every view of the elements in each theme and width, as axe sees it, the first picture of 500 connections, and the examples from sign-in to an answered message, on Next.js 15 and 16, too",
  async run(seed) {
    const broken = await inTheWorkspace.run(seed);
    const workshop = await mkdtemp(join(tmpdir(), "wadesk-screen-"));
    const packages = publicPackages();
    const packing = packageSteps(packages, workshop).filter(({ name }) => /^(build|pack) /.test(name));
    const walking = nextSteps(packages, workshop, { journeys: [`${EXAMPLES}/example-app.test.ts`], env: { WADESK_TIMES: "10" } });
    try {
      const { failed } = await runSteps([...packing, ...walking], (line) => console.log(`  ${line}`));
      return failed === 0 ? broken : [...broken, `${failed} steps of Next.js failed`];
    } finally {
      await rm(workshop, { recursive: true, force: true });
    }
  },
};
