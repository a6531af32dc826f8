import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { unusable } from "./refusals.ts";

/** So many files are read at once. */
const AT_ONCE = 32;
const ENDING = ".json";

/** What a folder of Baileys' holds: the texts of its files by their names without the ending, and what else is in it. */
export interface SessionFolder {
  readonly texts: Readonly<Record<string, string>>;
  readonly others: readonly string[];
}

/** Reads a folder as `useMultiFileAuthState` writes it, and writes nothing. Rejects with `input_invalid` where it cannot be read. */
export async function readFolder(folder: string): Promise<SessionFolder> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw unusable("folder", "not_found", `${folder} cannot be read (${codeOf(error)}); name the folder of one session`);
  });
  const isText = (entry: (typeof entries)[number]): boolean => entry.name.endsWith(ENDING) && !entry.isDirectory();
  const names = entries.filter(isText).map(({ name }) => name);
  const texts: Record<string, string> = {};
  for (let at = 0; at < names.length; at += AT_ONCE) {
    const read = names.slice(at, at + AT_ONCE).map(async (name) => [name, await textOf(folder, name)] as const);
    for (const [name, text] of await Promise.all(read)) texts[name.slice(0, -ENDING.length)] = text;
  }
  return { texts, others: entries.filter((entry) => !isText(entry)).map(({ name }) => name) };
}

async function textOf(folder: string, name: string): Promise<string> {
  return readFile(join(folder, name), "utf8").catch((error: unknown) => {
    throw unusable("folder", "unusable", `${name} cannot be read (${codeOf(error)}); let this process read it`);
  });
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "unknown";
}
