import { defineConfig } from "vitest/config";

// for `run-broken.ts` alone, which runs one of these files in a process of its own
export default defineConfig({
  test: {
    root: new URL("../../../", import.meta.url).pathname,
    include: ["tests/contracts/broken/broken-{storages,media}.ts"],
    maxWorkers: 1,
  },
});
