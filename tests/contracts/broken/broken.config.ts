import { defineConfig } from "vitest/config";

// for `broken.test.ts` alone, which runs it in a process of its own
export default defineConfig({
  test: {
    root: new URL("../../../", import.meta.url).pathname,
    include: ["tests/contracts/broken/broken-storages.ts"],
    maxWorkers: 1,
  },
});
