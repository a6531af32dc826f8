import { codeFiles } from "./code-blocks.ts";

/** A code block that shows a file of the repository, or one region of it. */
export interface Excerpt {
  /** From the top folder. */
  readonly path: string;
  /** `// #region name` to `// #endregion name`; absent where the whole file is shown. */
  readonly region?: string;
  readonly text: string;
  /** Of the Markdown file, counting from 1. */
  readonly line: number;
}

const MARK = /^\/\/ (?:file|from): (examples\/[\w./-]+\.ts)(?:#([\w-]+))?\n/;

/** The blocks that begin with `// file: examples/…` or `// from: examples/…#region`. */
export function excerptsOf(markdown: string): readonly Excerpt[] {
  return codeFiles(markdown).flatMap(({ text, lines: [line = 1] }) => {
    const [mark = "", path, region] = MARK.exec(text) ?? [];
    return path === undefined ? [] : [{ path, ...(region !== undefined && { region }), text: text.slice(mark.length), line }];
  });
}

/** What an excerpt has to say: the file, or its region moved to the left. Nothing when there is no such region. */
export function excerptedText(file: string, region?: string): string | undefined {
  if (region === undefined) return file.replace(/^ *\/\/ #(end)?region .*\n/gm, "");
  const lines = file.split("\n");
  const start = lines.findIndex((line) => line.trim() === `// #region ${region}`);
  const end = lines.findIndex((line) => line.trim() === `// #endregion ${region}`);
  if (start < 0 || end < start) return undefined;
  const indent = " ".repeat((lines[start] ?? "").search(/\S/));
  const shown = lines.slice(start + 1, end).map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
  return `${shown.join("\n")}\n`;
}
