import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { consumerSteps } from "./consumer-steps.ts";
import { quickEnvironmentSteps } from "./environment-steps.ts";
import { nextSteps } from "./next-steps.ts";
import { packageSteps } from "./package-steps.ts";
import { publicPackages } from "./public-packages.ts";
import { runSteps } from "./run-steps.ts";
import { sourceSteps } from "./source-steps.ts";

// `pnpm check`: everything that must hold before a change is merged, the slow things included. One line for each step, then the sum.
const workshop = await mkdtemp(join(tmpdir(), "wadesk-check-"));
try {
  const packages = publicPackages();
  const steps = [
    sourceSteps(packages),
    packageSteps(packages, workshop),
    consumerSteps(packages, workshop),
    quickEnvironmentSteps(packages, workshop),
    nextSteps(packages, workshop),
  ];
  const { passed, failed } = await runSteps(steps.flat(), console.log);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  await rm(workshop, { recursive: true, force: true });
}
