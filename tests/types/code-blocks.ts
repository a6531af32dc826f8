/** One piece of a Markdown file's code, as a file of its own. */
export interface CodeFile {
  /** `./name.ts` for its neighbours. */
  readonly name: string;
  readonly text: string;
  /** For each line of the text, its line in the Markdown file; both count from 1. */
  readonly lines: readonly number[];
}

/**
 * The ```` ```ts ```` blocks of a Markdown file. Each is a file of its own; one marked ```` ```ts continued ```` goes on with the one before;
 * a first line `// file: name.ts` gives it a name, under which later blocks of the same paper import it.
 */
export function codeFiles(markdown: string): readonly CodeFile[] {
  const files: { name: string; text: string; lines: number[] }[] = [];
  let fence: { readonly mark: string; readonly code: boolean } | undefined;
  for (const [index, line] of markdown.split("\n").entries()) {
    const [, mark = "", info = ""] = /^(```+)(.*)$/.exec(line.trimStart()) ?? [];
    if (fence !== undefined && line.trim() === fence.mark) fence = undefined;
    else if (fence !== undefined) {
      if (fence.code) addLine(files.at(-1), line, index + 1);
    } else if (mark !== "") {
      const [language = "", ...marks] = info.trim().split(/\s+/);
      fence = { mark, code: language === "ts" || language === "typescript" };
      const goesOn = marks.includes("continued") && files.length > 0;
      if (fence.code && !goesOn) files.push({ name: `block-${files.length + 1}.ts`, text: "", lines: [] });
    }
  }
  return files;
}

function addLine(file: { name: string; text: string; lines: number[] } | undefined, line: string, number: number): void {
  if (file === undefined) return;
  const [, name] = file.lines.length === 0 ? (/^\/\/ file: ([\w./-]+\.ts)$/.exec(line.trim()) ?? []) : [];
  if (name !== undefined) file.name = name;
  file.text += `${line}\n`;
  file.lines.push(number);
}
