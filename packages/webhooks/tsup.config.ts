import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts", "src/mounts/express.ts", "src/mounts/fastify.ts", "src/mounts/next.ts", "src/mounts/node.ts"],
  format: ["esm"],
  dts: true,
  sourcemap: true,
  // Deno and edge runtimes know Node modules by their full name only
  removeNodeProtocol: false,
  clean: true,
  target: "node22",
});
