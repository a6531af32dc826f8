import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Figure, ratio, tableOf } from "../figure.ts";
import { medianOf } from "../race.ts";
import { importPairs } from "./imports.ts";
import { inboxPairs } from "./inbox.ts";
import { webPairs } from "./web.ts";
import { webhookPairs } from "./webhook.ts";

const PAIRS = 5;
const MOST = 1.1;

/** Measures this checkout beside another, taking turns; answers for each thing one ratio a pair. */
type Pairs = (other: string, pairs: number) => Promise<ReadonlyMap<string, readonly number[]>>;

const PARTS: Readonly<Record<string, Pairs>> = { webhook: webhookPairs, inbox: inboxPairs, imports: importPairs, web: webPairs };

// what this checkout costs over another one of the same project, e.g. a worktree of the commit before:
// node tests/bench/beside/run.ts ../before [part …]
const [folder, ...asked] = process.argv.slice(2);
const wrong = asked.filter((part) => PARTS[part] === undefined);
if (folder === undefined || !existsSync(join(folder, "tests/bench/storage/server.ts")) || wrong.length > 0) {
  console.error(`usage: bench:beside <folder of another checkout, installed and built> [${Object.keys(PARTS).join("|")} …]`);
  process.exit(2);
}

const figures: Figure[] = [];
for (const [name, pairs] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  for (const [what, ratios] of await pairs(resolve(folder), PAIRS)) {
    const note = ratios.map((value) => value.toFixed(2)).join(" ");
    figures.push({ ...ratio(what, medianOf(ratios), bound(what) ? MOST : undefined), note });
  }
}
console.log(`Node ${process.version}. This checkout over the other, taking turns: medians of ${PAIRS} pairs, which stand behind.\n`);
console.log(tableOf(figures));
process.exitCode = figures.some(({ met }) => met === false) ? 1 : 0;

// times by the clock are told; what the processor was busy for is what binds, since others use the machine too
function bound(what: string): boolean {
  return !what.endsWith("by the clock") && !what.includes("not yet warm");
}
