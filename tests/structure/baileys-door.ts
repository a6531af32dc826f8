import { type Import, importsOf } from "./imports-of.ts";
import type { SourceFile } from "./source-files.ts";

const BAILEYS = "@whiskeysockets/baileys";

/** Every import of Baileys or of a path inside it, in the order of the files. */
export function doorsToBaileys(files: readonly SourceFile[]): readonly (Import & { readonly path: string })[] {
  return files.flatMap((file) =>
    importsOf(file)
      .filter(({ specifier }) => specifier === BAILEYS || specifier.startsWith(`${BAILEYS}/`))
      .map((each) => ({ path: file.path, ...each })),
  );
}
