import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/postgres/index.ts", "src/sqlite/index.ts", "src/bin/wadesk-migrations.ts"],
  format: ["esm"],
  dts: true,
  sourcemap: true,
  // Deno and edge runtimes know Node modules by their full name only
  removeNodeProtocol: false,
  clean: true,
  target: "node22",
});
