import { defineConfig } from "vitest/config";

// for `lenient.test.ts` alone, which runs it in a process of its own
export default defineConfig({
  test: {
    root: new URL("../../../", import.meta.url).pathname,
    include: ["tests/specification/lenient/lenient-fake.ts"],
    setupFiles: ["tests/specification/observe.ts"],
    maxWorkers: 1,
  },
});
