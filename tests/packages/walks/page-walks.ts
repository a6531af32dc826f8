import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { type PublicPackage, root } from "../public-packages.ts";
import { runCommand } from "../run-command.ts";
import { localRegistry } from "./local-registry.ts";
import { type PageWay, pageWays } from "./page-ways.ts";
import { walkPage } from "./walk-page.ts";

/** The Nodes that pages are walked on: the oldest of `engines`, the first that runs TypeScript as it is, and the one of the workspace. */
const NODES: readonly string[] = ["22.13.0", "22.18.0", "24.21.0"];
const RUNS_TYPESCRIPT = 22.18;
const OURS =
  /^(META|TWILIO|WHATSAPP|WADESK|PUBLIC|DATABASE|DEMO|ACTIVE|npm|pnpm|VITEST)_|^(PORT|HOST|DATABASE|NODE_OPTIONS|NODE_PATH|INIT_CWD)$/i;
const NPMS_WAY_OUT = /^npm_config_(registry|cafile|userconfig)$/i;

/** Walks each way through each page on each Node, one after the other, and prints a line for each. Answers what was otherwise than a page says. */
export async function walkPages(
  packages: readonly PublicPackage[],
  workshop: string,
  print: (line: string) => void,
): Promise<readonly string[]> {
  const broken: string[] = [];
  const wanted = process.env.WADESK_PAGES?.split(",");
  const pages = (await pagesOf()).filter(({ page }) => wanted === undefined || wanted.some((each) => page.endsWith(`${each}.md`)));
  const registry = await localRegistry(packages, workshop);
  try {
    for (const version of process.env.WADESK_NODES?.split(",") ?? NODES) {
      const env = { ...environment(await nodeFolder(version, workshop), version, workshop), "npm_config_@wadesk:registry": registry.url };
      for (const { page, way } of pages) {
        const named = way.name === undefined ? page : `${page}, ${way.name}`;
        const place = join(workshop, "walks", `${named.replace(/\W/g, "-")}-${version}`);
        const began = performance.now();
        const told = (what: string): void =>
          print(
            `${what.padEnd(5)} ${named.padEnd(38)} Node ${version.padEnd(8)} ${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s`,
          );
        try {
          const { saved, typed, seen, leftOut } = await walkPage({ page, way, place, tarballs: workshop, env });
          told(typed > 0 ? "ok" : "--");
          const looked = seen > 0 ? `, ${seen} looked at in a browser: ${saved + typed + seen} steps` : "";
          print(`      ${saved} files saved, ${typed} times typed in${looked}${typed === 0 ? ": it has no command" : ""}`);
          if (version === NODES.at(-1)) for (const each of leftOut) print(`      left out: ${each}`);
        } catch (error) {
          told("FAIL");
          broken.push(error instanceof Error ? error.message : String(error));
        }
        await rm(place, { recursive: true, force: true });
      }
    }
  } finally {
    registry.close();
  }
  return broken;
}

async function pagesOf(): Promise<readonly { readonly page: string; readonly way: PageWay }[]> {
  const guides = (await readdir(join(root, "docs/guides"))).filter((name) => name.endsWith(".md")).toSorted();
  const ways = ["README.md", ...guides.map((name) => `docs/guides/${name}`)].map(async (page) =>
    pageWays(await readFile(join(root, page), "utf8")).map((way) => ({ page, way })),
  );
  return (await Promise.all(ways)).flat();
}

/** Installs a Node where there is none yet, and answers the folder of its program. */
async function nodeFolder(version: string, workshop: string): Promise<string> {
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const folder = join(workshop, `node-${version}`);
  await mkdir(folder, { recursive: true });
  await runCommand(["npm", "install", "--prefix", folder, "--no-audit", "--no-fund", "--prefer-offline", `${name}@${version}`]);
  return join(folder, "node_modules", name, "bin");
}

/** A reader's: nothing of ours, and of npm's only how it gets out of the house. */
function environment(node: string, version: string, workshop: string): Readonly<Record<string, string>> {
  const kept = Object.entries(process.env).filter(([name]) => !OURS.test(name) || NPMS_WAY_OUT.test(name));
  const path = (process.env.PATH ?? "").split(delimiter).filter((folder) => !folder.startsWith(root));
  return {
    ...(Object.fromEntries(kept) as Record<string, string>),
    PATH: [node, ...path].join(delimiter),
    NO_COLOR: "1",
    npm_config_cache: join(workshop, "npm-cache"),
    npm_config_prefer_offline: "true",
    npm_config_update_notifier: "false",
    NEXT_TELEMETRY_DISABLED: "1",
    // what a person says when npx asks
    npm_config_yes: "true",
    // as the pages say of these
    ...(Number.parseFloat(version) < RUNS_TYPESCRIPT && { NODE_OPTIONS: "--experimental-strip-types" }),
  };
}
