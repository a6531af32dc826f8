import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts"],
  format: ["esm"],
  dts: true,
  sourcemap: true,
  // Deno and edge runtimes know Node modules by their full name only
  removeNodeProtocol: false,
  clean: true,
  target: "node22",
});
