/** The elements as one script, Lit within it, and its hash. */
export interface ElementsScript {
  readonly text: string;
  /** Of its bytes: another script has another. */
  readonly hash: string;
}

/**
 * The script. Here it is bundled of the sources that stand beside this file; a build puts its text in the place of this module (`tsdown.config.ts`), so that what
 * is published bundles nothing.
 */
export async function elementsScript(): Promise<ElementsScript> {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [decodeURIComponent(new URL("../elements/define.ts", import.meta.url).pathname)],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    legalComments: "inline",
  });
  const text = outputFiles[0]?.text ?? "";
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const hash = Array.from(new Uint8Array(digest).slice(0, 10), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { text, hash };
}
