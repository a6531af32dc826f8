import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", ports: "src/ports-entry.ts", qr: "src/qr.ts" },
  format: ["esm"],
  dts: true,
  sourcemap: true,
  // Deno and edge runtimes know Node modules by their full name only
  removeNodeProtocol: false,
  clean: true,
  target: "node22",
});
