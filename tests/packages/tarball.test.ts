import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "./public-packages.ts";
import { tarballFaults } from "./tarball.ts";

const GOOD: Readonly<Record<string, string>> = {
  "package.json": JSON.stringify({
    exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" }, "./package.json": "./package.json" },
    dependencies: { "@wadesk/core": "^1.0.0" },
  }),
  "README.md": "# A package",
  LICENSE: "MIT",
  "llms.txt": "# A package",
  "dist/index.js": 'import "node:http";\n//# sourceMappingURL=index.js.map\n',
  "dist/index.js.map": JSON.stringify({ sources: ["../src/index.ts"], sourcesContent: ["export {};"] }),
  "dist/index.d.ts": "export {};",
};

const faults = (change: Readonly<Record<string, string | undefined>> = {}): readonly string[] => {
  const files = Object.entries({ ...GOOD, ...change }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return tarballFaults(new Map(files));
};

it("accepts a package of dist, manifest, README, list of papers and licence", () => {
  expect(faults()).toEqual([]);
  expect(faults({ "dist/index.js": 'export { t as hello } from "./hello.js";\n', "dist/index.js.map": undefined })).toEqual([]);
});

it("what the bundler brings itself, typings alone and the script of a tag need no source map", () => {
  expect(faults({ "dist/runtime.js": "// \\0rolldown/runtime.js\nexport {};\n" })).toEqual([]);
  expect(faults({ "dist/react.js": "export {};\n", "dist/wadesk-elements/wadesk.js": "var t=1;" })).toEqual([]);
});

it("a manifest of elements may stand beside dist where package.json names it, and has to then", () => {
  const manifest = { "package.json": JSON.stringify({ customElements: "custom-elements.json" }) };
  expect(faults({ ...manifest, "custom-elements.json": "{}" })).toEqual([]);
  expect(faults(manifest)).toEqual(["package.json names custom-elements.json, which is not there"]);
  expect(faults({ "custom-elements.json": "{}" })).toEqual(["custom-elements.json does not belong into the package"]);
});

it.each([
  ["a file outside dist", { "src/index.ts": "export {};" }, "src/index.ts does not belong into the package"],
  ["a missing licence", { LICENSE: undefined }, "LICENSE is missing"],
  ["an export that was not built", { "dist/index.d.ts": undefined }, "package.json names ./dist/index.d.ts, which is not there"],
  [
    "a workspace range",
    { "package.json": JSON.stringify({ dependencies: { "@wadesk/core": "workspace:^" } }) },
    "@wadesk/core still has a workspace range",
  ],
  ["a missing source map", { "dist/index.js.map": undefined }, "dist/index.js has no source map"],
  [
    "a source map without its sources",
    { "dist/index.js.map": JSON.stringify({ sources: ["../src/index.ts"] }) },
    "the source map of dist/index.js lacks the text of ../src/index.ts",
  ],
  [
    "a Node module by its short name",
    { "dist/index.d.ts": 'import { Server } from "http";' },
    'dist/index.d.ts imports http without "node:", which not every runtime knows',
  ],
  ["a path of the building machine", { "dist/index.d.ts": join(root, "packages") }, "dist/index.d.ts names a folder of this machine"],
] as const)("refuses %s", (_name, change, fault) => {
  expect(faults(change)).toEqual([fault]);
});
