import { defineConfig } from "vitest/config";

// `.ci/run` reads the counts from this file
const report = process.env.WADESK_TEST_REPORT;

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
    ...(report !== undefined && { reporters: ["default", ["json", { outputFile: report }]] as const }),
  },
});
