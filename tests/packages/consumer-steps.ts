import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { installTarballs } from "./install-tarballs.ts";
import { loadedTooEarly } from "./loaded-on-use.ts";
import { oldestNode, runOnOldest } from "./oldest-node.ts";
import { entriesOf, type PublicPackage, root } from "./public-packages.ts";
import { runCommand } from "./run-command.ts";
import { runFakeVendors } from "./run-fake-vendors.ts";
import type { Step } from "./run-steps.ts";

const FIXTURE: string = join(root, "tests", "packages", "consumer");

/** Installs the tarballs into an empty project, compiles a strict consumer against them and runs it. */
export function consumerSteps(packages: readonly PublicPackage[], workshop: string): readonly Step[] {
  const project = join(workshop, "consumer");
  const entries = packages.flatMap(entriesOf);
  const step = (name: string, after: readonly string[], run: () => Promise<unknown>): Step => ({
    name: `consumer: ${name}`,
    after: after.map((each) => (each.startsWith("pack ") ? each : `consumer: ${each}`)),
    run: async () => void (await run()),
  });
  const inside =
    (...words: [string, ...string[]]) =>
    () =>
      runCommand(words, { cwd: project });
  const compiled = ["compiles as NodeNext", "compiles with msw", "compiles with the elements"];
  return [
    step("uses every public entry", [], () => refuseUnusedEntries(entries)),
    step(
      "install",
      packages.map(({ folder }) => `pack ${folder}`),
      () => installTarballs({ packages, workshop, fixture: FIXTURE, project, versions: oldestNode(packages) }),
    ),
    step("compiles as NodeNext", ["install"], inside("tsc", "-p", ".")),
    // msw's own declarations want the browser's types; ours must do without
    step("compiles with msw", ["install"], inside("tsc", "-p", "tsconfig.msw.json")),
    // the elements are a browser's
    step("compiles with the elements", ["install"], inside("tsc", "-p", "tsconfig.elements.json")),
    step("compiles as bundler", ["install"], inside("tsc", "-p", "tsconfig.bundler.json")),
    step("runs by import", compiled, inside("node", "out/imported.js")),
    step("restarts on SQLite", compiled, inside("node", "out/restarts.js")),
    step("restarts on SQLite, on the oldest Node of engines", compiled, () => runOnOldest(packages, project, "out/restarts.js")),
    step("runs by import, msw", compiled, inside("node", "out/msw/imported.js")),
    step("runs by import, the elements", compiled, inside("node", "out/elements/imported.js")),
    step("runs by require", compiled, inside("node", "out/required.cjs")),
    step("runs by require, msw", compiled, inside("node", "out/msw/required.cjs")),
    step("runs the contracts", compiled, inside(join(project, "node_modules", ".bin", "vitest"), "run", "--dir", "out")),
    step("fake-vendors by its bin", ["install"], () => runFakeVendors(project)),
    step("loads nothing heavy", ["install"], () => refuseHeavyEntries(entries, project)),
  ];
}

async function refuseUnusedEntries(entries: readonly string[]): Promise<void> {
  const folder = join(FIXTURE, "src");
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
  const texts = await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), "utf8")));
  const unused = entries.filter((entry) => !texts.some((text) => text.includes(`"${entry}"`)));
  if (unused.length > 0) throw new Error(`tests/packages/consumer/src imports no ${unused.join(", ")}`);
}

async function refuseHeavyEntries(entries: readonly string[], project: string): Promise<void> {
  const faults: string[] = [];
  for (const entry of entries) {
    const loaded = JSON.parse(await runCommand(["node", "loads.mjs", entry], { cwd: project })) as readonly string[];
    const own = entry.split("/", 2).join("/");
    if (!loaded.includes(own)) throw new Error(`loads.mjs did not see that importing ${entry} loads ${own}, so it would see nothing else`);
    faults.push(...loadedTooEarly(entry, loaded).map((name) => `${entry} loads ${name}, which belongs behind an import() on first use`));
  }
  if (faults.length > 0) throw new Error(faults.join("\n"));
}
