import type { ModuleGraph } from "./files-of.ts";

/** The elements as files for a browser, Lit among them. */
export interface ElementsScript {
  /** Of all their bytes: other files have another. */
  readonly hash: string;
  /** Texts by name. `wadesk.js` registers the elements and loads the others on first use, from beside it. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * The files. Here they are bundled of the sources that stand beside this one; a build puts their texts in the place of this module (`tsdown.config.ts`), so that
 * what is published bundles nothing.
 */
export async function elementsScript(): Promise<ElementsScript> {
  const [{ rolldown }, { FIRST_FILE, filesOf }, { withoutWhiteSpace }] = await Promise.all([
    import("rolldown"),
    import("./files-of.ts"),
    import("./white-space.ts"),
  ]);
  const entry = decodeURIComponent(new URL("../elements/define.ts", import.meta.url).pathname);
  const bundle = await rolldown({ input: entry, platform: "browser", transform: { target: "es2022" }, plugins: [withoutWhiteSpace()] });
  let byModule: ReadonlyMap<string, string> | undefined;
  // a group takes with it what its modules import: the first file comes first
  const group = (
    file: string,
    priority: number,
  ): { name(id: string, graph: ModuleGraph): string | null; debugName: string; priority: number } => ({
    name(id, graph) {
      byModule ??= filesOf(entry, graph);
      return byModule.get(id) === file ? file : null;
    },
    debugName: file,
    priority,
  });
  const { output } = await bundle.generate({
    format: "esm",
    minify: true,
    entryFileNames: "entry.js",
    chunkFileNames: "[name].js",
    codeSplitting: { groups: [group("wadesk", 2), group("shared", 1)] },
  });
  await bundle.close();
  // the entry of its own names what it takes from the first file, and nothing else is in it
  const chunks = output.flatMap((file) => (file.type === "chunk" && file.fileName !== "entry.js" ? [file] : []));
  const files = Object.fromEntries(chunks.map(({ fileName, code }) => [fileName, code]));
  if (files[FIRST_FILE] === undefined) throw new Error(`the elements were bundled without ${FIRST_FILE}`);
  return { hash: await hashOf(files), files };
}

async function hashOf(files: ElementsScript["files"]): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(Object.entries(files).toSorted())));
  return Array.from(new Uint8Array(digest).slice(0, 10), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
