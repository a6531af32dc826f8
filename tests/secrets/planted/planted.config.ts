import { defineConfig } from "vitest/config";

// files that print what must not be printed; `printed.test.ts` runs them
export default defineConfig({
  test: {
    dir: import.meta.dirname,
    include: ["*.planted.ts"],
    setupFiles: [`${import.meta.dirname}/../observe.ts`],
    maxWorkers: 2,
  },
});
