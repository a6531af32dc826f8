import { writeFileSync } from "node:fs";
import { defineConfig } from "vitest/config";
import type { Reporter } from "vitest/node";

// `.ci/run` asks for it; errors that no test caught stand in no report
const report = process.env.WADESK_TEST_REPORT;
const uncaught: Reporter = {
  onTestRunEnd(_modules, errors) {
    if (report !== undefined && errors.length > 0)
      writeFileSync(`${report}.uncaught.json`, JSON.stringify(errors.map(({ message }) => message)));
  },
};

export default defineConfig({
  test: {
    include: [
      "{packages/*/src,examples/{drizzle,many-apps,own-channel,screen}}/**/*.test.ts",
      "tests/{browser,contracts,durability,gate,journeys,packages,secrets,specification,structure,types,whatsapp-web}/**/*.test.ts",
    ],
    exclude: ["**/node_modules/**", "tests/packages/consumer/**"],
    globalSetup: ["tests/packages/left-out.ts", "tests/whatsapp-web/announce-baileys.ts"],
    setupFiles: ["tests/secrets/observe.ts", "tests/specification/observe.ts"],
    maxWorkers: 2,
    // what is awaited comes, and how soon is the machine's affair: limits end what hangs, and one that a test sets for itself is longer
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    ...(report !== undefined && { reporters: ["default", ["json", { outputFile: report }], uncaught] as const }),
  },
});
