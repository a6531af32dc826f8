import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, it } from "vitest";
import { loadedTooEarly } from "../packages/loaded-on-use.ts";
import { publicPackages, root } from "../packages/public-packages.ts";
import { eagerImports } from "./eager-imports.ts";
import { packageFiles, type SourceFile } from "./source-files.ts";

const byPath = (files: readonly SourceFile[]): ReadonlyMap<string, SourceFile> => new Map(files.map((file) => [file.path, file]));

describe("loading a public entry", () => {
  const files = byPath(packageFiles());
  const entries = publicPackages().flatMap(({ folder, name, entries: keys }) => {
    const { exports } = JSON.parse(readFileSync(join(root, "packages", folder, "package.json"), "utf8")) as {
      exports: Record<string, string>;
    };
    return keys.map((key) => [name + key.slice(1), posix.join("packages", folder, exports[key] ?? "")] as const);
  });

  it.each(entries)("%s finds its source and loads nothing heavy", (entry, path) => {
    expect(files.has(path)).toBe(true);
    expect(loadedTooEarly(entry, eagerImports(path, files).packages)).toEqual([]);
  });

  it("finds of @wadesk/core what checks options and requests; what does the work comes with the first call", () => {
    const loaded = [...eagerImports("packages/core/src/index.ts", files).files].map((path) => path.split("/").slice(3, -1).join("/"));
    const working = [
      "connections",
      "engine",
      "inbox",
      "lifecycle",
      "media",
      "operations",
      "sending",
      "sessions",
      "settings",
      "upkeep",
      "voices",
    ];
    expect(loaded).toContain("memory");
    expect(loaded.filter((folder) => working.includes(folder.split("/")[0] ?? ""))).toEqual([]);
  });

  it.each(["cloud-api", "twilio"])(
    "finds of @wadesk/%s what a process needs before it is called or sends; what reads a webhook comes with the first",
    (folder) => {
      const base = `packages/${folder}/src`;
      const loaded = [...eagerImports(`${base}/index.ts`, files).files].map((path) => posix.relative(base, path));
      expect(loaded).toContain("inbound/webhook.ts");
      expect(loaded.filter((path) => path === "late.ts" || path === "inbound/normalize.ts")).toEqual([]);
      // and is there at once for who asks for nothing else
      expect([...eagerImports(`${base}/inbound/index.ts`, files).files]).toContain(`${base}/inbound/normalize.ts`);
    },
  );

  it("follows static imports through our own files, and leaves what is loaded on first use or by the compiler alone", () => {
    const house = byPath([
      { path: "packages/core/src/index.ts", text: 'export { seal } from "./vault/seal.ts";\nimport type { Schema } from "zod";' },
      {
        path: "packages/core/src/vault/seal.ts",
        text: 'import "eventemitter3";\nexport const seal = () => import("ky");\nimport { x } from "../model.ts";',
      },
      {
        path: "packages/core/src/model.ts",
        text: 'import { type JWE, CompactEncrypt } from "jose/jwe/compact/encrypt";\nimport "./index.ts";',
      },
    ]);
    const { packages: loaded, files: ours } = eagerImports("packages/core/src/index.ts", house);
    expect(ours.size).toBe(3);
    expect([...loaded].sort()).toEqual(["eventemitter3", "jose"]);
    expect(loadedTooEarly("@wadesk/core", loaded)).toEqual(["jose"]);
  });

  it("allows msw and vitest in the entries that are made for them, and there only", () => {
    expect(loadedTooEarly("@wadesk/testing/msw", ["msw"])).toEqual([]);
    expect(loadedTooEarly("@wadesk/testing", ["msw", "vitest"])).toEqual(["msw", "vitest"]);
  });
});
