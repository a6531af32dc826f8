import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { installTarballs, installTarballsByNpm } from "./install-tarballs.ts";
import { type PublicPackage, root } from "./public-packages.ts";
import { runCommand } from "./run-command.ts";
import type { Step } from "./run-steps.ts";

const FIXTURES: string = join(root, "tests", "packages");

type Compilers = Readonly<Record<string, { readonly requires: boolean }>>;

/** The compilers that find nothing in the packages' declarations; those before 5.8 let no CommonJS file `require` an ES module. */
const COMPILERS = {
  "5.6": { requires: false },
  "5.9": { requires: true },
  "6.0": { requires: true },
  "7": { requires: true },
} as const satisfies Compilers;

/** A program of a runtime that npm brings where it knows the machine. */
const RUNTIMES: readonly (readonly [name: string, words: readonly string[]])[] = [
  ["bun", ["out/bun.mjs"]],
  ["deno", ["run", "--allow-all", "--no-config", "--node-modules-dir=manual", "out/deno.mjs"]],
];

/** Installs the tarballs into two projects as strangers have them, and goes through the same walk in each environment. */
export function environmentSteps(packages: readonly PublicPackage[], workshop: string): readonly Step[] {
  const packed = packages.map(({ folder }) => `pack ${folder}`);
  return [...npmSteps(packages, workshop, packed), ...strictSteps({ packages, workshop, packed, compilers: COMPILERS })];
}

/** What stands in every check, since it takes seconds: pnpm without hoisting, Hono and CommonJS by node16, under the oldest compiler and the newest. */
export function quickEnvironmentSteps(packages: readonly PublicPackage[], workshop: string): readonly Step[] {
  const packed = packages.map(({ folder }) => `pack ${folder}`);
  const { "5.6": oldest, "7": newest } = COMPILERS;
  const beside = ["hono.mts", "walk.mts", "node16.cts"];
  const after = ["environment: pnpm strict, run"];
  const project = join(workshop, "strict");
  const compileAndRun = (name: string, version: string, tsconfig: string, file: string): Step => ({
    name: `environment: ${name}`,
    after,
    run: async () => {
      await runCommand(["node", join(project, "node_modules", `typescript-${version}`, "bin", "tsc"), "-p", tsconfig], { cwd: project });
      await runCommand(["node", file], { cwd: project });
    },
  });
  return [
    ...strictSteps({ packages, workshop, packed, compilers: { "5.6": oldest, "7": newest }, wants: ["hono", "@hono/node-server"], beside }),
    compileAndRun("Hono", "7", "tsconfig.hono.json", "out/hono.mjs"),
    compileAndRun("CommonJS by node16", "5.6", "tsconfig.node16.json", "out/node16.cjs"),
  ];
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

interface StrictProject {
  readonly packages: readonly PublicPackage[];
  readonly workshop: string;
  /** The steps after which the tarballs are there. */
  readonly packed: readonly string[];
  readonly compilers: Compilers;
  /** What it has of the packages of the other project, in the same versions. */
  readonly wants?: readonly string[];
  /** Files of the other project's that it has as well. */
  readonly beside?: readonly string[];
}

function strictSteps({ packages, workshop, packed, compilers, wants = [], beside = [] }: StrictProject): readonly Step[] {
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
        const versions = await versionsOf(wants);
        await installTarballs({ packages, workshop, fixture: join(FIXTURES, "strict"), project, settings, versions });
        for (const file of ["imported.ts", "restarts.ts", "required.cts"]) await cp(join(sources, file), join(project, file));
        for (const file of beside) await cp(join(FIXTURES, "environments", "src", file), join(project, file));
      },
    },
    ...Object.entries(compilers).map(
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
      after: Object.keys(compilers).map(named),
      run: async () => {
        for (const file of ["imported.js", "restarts.js", "required.cjs"]) await run("node", `out/${file}`);
      },
    },
  ];
}

async function versionsOf(names: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const manifest = JSON.parse(await readFile(join(FIXTURES, "environments", "package.json"), "utf8")) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  return Object.fromEntries(Object.entries(manifest.dependencies).filter(([name]) => names.includes(name)));
}
