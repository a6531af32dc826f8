import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/*/src/**/*.test.ts", "tests/{journeys,structure,types,specification}/**/*.test.ts"],
    maxWorkers: 2,
  },
});
