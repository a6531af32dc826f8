import { rmSync } from "node:fs";
import { join } from "node:path";
import { costOf, IMPORTED, installed } from "../cold-import.ts";
import { medianOf } from "../race.ts";

const PACKAGES = join(import.meta.dirname, "../../../packages");
/** So many processes a pair; one alone says little. */
const PROCESSES = 7;

/** What a fresh process pays for importing each built package, over one that imports the other checkout's. */
export async function importPairs(other: string, pairs: number): Promise<ReadonlyMap<string, readonly number[]>> {
  const folders = [installed(PACKAGES), installed(join(other, "packages"))] as const;
  try {
    const found = new Map<string, number[]>();
    for (const name of IMPORTED) {
      const cpu: number[] = [];
      const wall: number[] = [];
      for (let pair = 0; pair < pairs; pair += 1) {
        const ratios = Array.from({ length: PROCESSES }, () => {
          const [ours, theirs] = folders.map((folder) => costOf(folder, `await import("@wadesk/${name}");`));
          return { cpu: (ours?.cpu ?? 0) / (theirs?.cpu ?? 0), wall: (ours?.wall ?? 0) / (theirs?.wall ?? 0) };
        });
        cpu.push(medianOf(ratios.map((ratio) => ratio.cpu)));
        wall.push(medianOf(ratios.map((ratio) => ratio.wall)));
      }
      found.set(`A process that imports @wadesk/${name}, processor`, cpu);
      found.set(`A process that imports @wadesk/${name}, by the clock`, wall);
    }
    return found;
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}
