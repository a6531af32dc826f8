import { optionInvalid } from "../options/check-options.ts";

/** Why a file is no database that can be worked with, as an error that no repeat mends; nothing where the fault is the moment's. */
export async function unusableFile(path: string, error: unknown): Promise<Error | undefined> {
  const kind = typeof error === "object" && error !== null && "errcode" in error ? Number(error.errcode) & 0xff : -1;
  const sentence = kind === 14 ? await whyItDoesNotOpen(path) : SENTENCES[kind];
  return sentence === undefined ? undefined : optionInvalid("sqliteStorage", "path", `${path} ${sentence}`);
}

// https://sqlite.org/rescode.html
const SENTENCES: Readonly<Record<number, string>> = {
  8: "is read-only: make the file and its folder writable",
  11: "is damaged: restore it from a backup",
  26: "is not an SQLite database: name another file",
};

async function whyItDoesNotOpen(path: string): Promise<string> {
  const [{ stat }, { dirname }] = await Promise.all([import("node:fs/promises"), import("node:path")]);
  const isFolder = (at: string): Promise<boolean> =>
    stat(at).then(
      (found) => found.isDirectory(),
      () => false,
    );
  if (await isFolder(path)) return "is a folder: name a file in it";
  if (!(await isFolder(dirname(path)))) return "cannot be opened: its folder is not there; make it first";
  return "cannot be opened: it and its folder must be readable and writable";
}
