import { defineConfig } from "tsup";

export default defineConfig({
  entry: [
    "src/index.ts",
    "src/msw/index.ts",
    "src/contracts/index.ts",
    "src/whatsapp-web/index.ts",
    "src/whatsapp-web/program/fake-whatsapp.ts",
  ],
  format: ["esm"],
  dts: true,
  sourcemap: true,
  // Deno and edge runtimes know Node modules by their full name only
  removeNodeProtocol: false,
  clean: true,
  target: "node22",
});
