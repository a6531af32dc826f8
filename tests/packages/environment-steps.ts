import { cp } from "node:fs/promises";
import { join } from "node:path";
import { installTarballs, installTarballsByNpm } from "./install-tarballs.ts";
import { type PublicPackage, root } from "./public-packages.ts";
import { runCommand } from "./run-command.ts";
import type { Step } from "./run-steps.ts";

const FIXTURES: string = join(root, "tests", "packages");

/** The compilers that find nothing in the packages' declarations; those before 5.8 let no CommonJS file `require` an ES module. */
const COMPILERS: Readonly<Record<string, { readonly requires: boolean }>> = {
  "5.6": { requires: false },
  "5.9": { requires: true },
  "6.0": { requires: true },
  "7": { requires: true },
};

/** A program of a runtime that npm brings where it knows the machine. */
const RUNTIMES: readonly (readonly [name: string, words: readonly string[]])[] = [
  ["bun", ["out/bun.mjs"]],
  ["deno", ["run", "--allow-all", "--no-config", "--node-modules-dir=manual", "out/deno.mjs"]],
];

/** Installs the tarballs into two projects as strangers have them, and goes through the same walk in each environment. */
export function environmentSteps(packages: readonly PublicPackage[], workshop: string): readonly Step[] {
  const packed = packages.map(({ folder }) => `pack ${folder}`);
  return [...npmSteps(packages, workshop, packed), ...strictSteps(packages, workshop, packed)];
}

function npmSteps(packages: readonly PublicPackage[], workshop: string, packed: readonly string[]): readonly Step[] {
  const project = join(workshop, "environments");
  const bin = (name: string): string => join(project, "node_modules", ".bin", name);
  const run = (words: readonly [string, ...string[]], env: Readonly<Record<string, string>> = {}) =>
    runCommand(words, { cwd: project, env });
  const step = (name: string, words: readonly [string, ...string[]], env?: Readonly<Record<string, string>>): Step => ({
    name: `environment: ${name}`,
    after: ["environment: compile"],
    run: async () => void (await run(words, env)),
  });
  return [
    {
      name: "environment: npm beside MSW 2 and Vitest 3",
      after: packed,
      run: async () => void (await installTarballsByNpm({ packages, workshop, fixture: join(FIXTURES, "environments"), project })),
    },
    {
      name: "environment: compile",
      after: ["environment: npm beside MSW 2 and Vitest 3"],
      run: async () => void (await run(["tsc", "-p", "."])),
    },
    step("NestJS 11, as a mount and as a controller, CommonJS by nodenext", ["node", "out/nest.cjs"]),
    step("Hono", ["node", "out/hono.mjs"]),
    step("Workers by miniflare", ["node", "out/workers.mjs"]),
    step("Jest, by require", [bin("jest")], { NODE_OPTIONS: "--experimental-vm-modules --no-warnings" }),
    step("jsdom", [bin("vitest"), "run", "jsdom", "--environment", "jsdom"]),
    step("contracts by Vitest 3, handlers by MSW 2", [bin("vitest"), "run", "beside"]),
    {
      name: "environment: CommonJS by node16",
      after: ["environment: compile"],
      run: async () => {
        await run(["tsc", "-p", "tsconfig.node16.json"]);
        await run(["node", "out/node16.cjs"]);
      },
    },
    ...RUNTIMES.map(
      ([name, words]): Step => ({
        name: `environment: ${name}`,
        after: ["environment: compile"],
        run: async () => {
          const version = await run([bin(name), "--version"]).catch(() => undefined);
          // npm leaves it out where there is none for the machine
          if (version === undefined) return `NOT RUN: npm has no ${name} that starts on ${process.platform}-${process.arch}`;
          await run([bin(name), ...words]);
          return version.split("\n")[0];
        },
      }),
    ),
  ];
}

function strictSteps(packages: readonly PublicPackage[], workshop: string, packed: readonly string[]): readonly Step[] {
  const project = join(workshop, "strict");
  const run = (...words: [string, ...string[]]) => runCommand(words, { cwd: project });
  const sources = join(FIXTURES, "consumer", "src");
  const named = (version: string): string => `environment: TypeScript ${version} with skipLibCheck false`;
  return [
    {
      name: "environment: pnpm strict",
      after: packed,
      run: async () => {
        const settings = { hoist: false, strictPeerDependencies: true, autoInstallPeers: false };
        await installTarballs({ packages, workshop, fixture: join(FIXTURES, "strict"), project, settings });
        for (const file of ["imported.ts", "restarts.ts", "required.cts"]) await cp(join(sources, file), join(project, file));
      },
    },
    ...Object.entries(COMPILERS).map(
      ([version, { requires }]): Step => ({
        name: named(version),
        after: ["environment: pnpm strict"],
        run: async () => {
          const tsc = join(project, "node_modules", `typescript-${version}`, "bin", "tsc");
          const said = await run("node", tsc, "--version");
          await run("node", tsc, "-p", ".");
          if (requires) await run("node", tsc, "-p", "tsconfig.commonjs.json");
          return said.trim();
        },
      }),
    ),
    {
      name: "environment: pnpm strict, run",
      after: Object.keys(COMPILERS).map(named),
      run: async () => {
        for (const file of ["imported.js", "restarts.js", "required.cjs"]) await run("node", `out/${file}`);
      },
    },
  ];
}
