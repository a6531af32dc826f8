/** What a bundler knows of its modules, as far as their files depend on it. */
export interface ModuleGraph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[]; readonly dynamicallyImportedIds: readonly string[] } | null;
}

/** The file that registers the elements. */
export const FIRST_FILE = "wadesk.js";

// what an element shows at first stands in a file of its own, since a page has mostly one of the two; what it shares is in the first one
const SHOWN_AT_FIRST = /\/settings\/settings-screen\.ts$/;

/** The file of each module by its id, without `.js`: what both elements need at once, and what several parts share. Whatever is of one part alone goes with it. */
export function filesOf(entry: string, graph: ModuleGraph): ReadonlyMap<string, string> {
  const atOnce = reached(entry, graph);
  const parts = partsOf(atOnce, graph);
  const files = new Map([...atOnce].map((id) => [id, "wadesk"]));
  for (const id of new Set(parts.flatMap(({ modules }) => [...modules]))) {
    const users = parts.filter(({ modules }) => modules.has(id));
    if (files.has(id) || users.length === 1) continue;
    const ofFirst = users.some(({ start, modules }) => SHOWN_AT_FIRST.test(start) && modules.has(id));
    // what the settings and their panels share is there before a panel is
    if (ofFirst && users.every(({ start }) => start.includes("/settings/"))) continue;
    files.set(id, ofFirst ? "wadesk" : "shared");
  }
  return files;
}

interface Part {
  readonly start: string;
  readonly modules: ReadonlySet<string>;
}

function partsOf(atOnce: ReadonlySet<string>, graph: ModuleGraph): readonly Part[] {
  const parts: Part[] = [];
  const look = (modules: ReadonlySet<string>): void => {
    for (const start of [...modules].flatMap((id) => graph.getModuleInfo(id)?.dynamicallyImportedIds ?? [])) {
      if (parts.some((part) => part.start === start)) continue;
      const part = { start, modules: reached(start, graph) };
      parts.push(part);
      look(part.modules);
    }
  };
  look(atOnce);
  return parts;
}

function reached(start: string, graph: ModuleGraph, seen: Set<string> = new Set()): ReadonlySet<string> {
  if (seen.has(start)) return seen;
  seen.add(start);
  for (const id of graph.getModuleInfo(start)?.importedIds ?? []) reached(id, graph, seen);
  return seen;
}
