import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts", "src/msw/index.ts", "src/contracts/index.ts"],
  format: ["esm"],
  dts: true,
  sourcemap: true,
  clean: true,
  target: "node22",
});
