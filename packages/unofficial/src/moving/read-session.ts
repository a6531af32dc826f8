import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { WadeskError } from "@wadesk/core";
import type { StoredSession } from "../input/unofficial-input.ts";
import { readFolder, type SessionFolder } from "./read-folder.ts";
import { unusable } from "./refusals.ts";

/** Where a session lies. What is given by itself counts over what the folder has. */
export interface SessionSource {
  /** A folder of files as Baileys' `useMultiFileAuthState` and WAHA's engine NOWEB write it, and Evolution API for keys. It is only read. */
  readonly folder?: string | undefined;
  /** The credentials: Evolution API's `Session.creds`, or the value of the row `creds` elsewhere. */
  readonly creds?: unknown;
  /** Keys by their names, such as a hash of Evolution API's in Redis, or rows of WAHA's in PostgreSQL; the credentials may be among them, as `creds`. */
  readonly keys?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Reads a session that another program has stored, for `connect` or `reconnect` of `unofficial`. Stop that program first. Rejects with `input_invalid` where
 * nothing can be read, or where it is of a program whose sessions cannot be taken.
 */
export async function readStoredSession({ folder, creds, keys }: SessionSource): Promise<StoredSession> {
  if (folder === undefined && creds === undefined && keys === undefined)
    throw unusable("from", "required", "give the folder of a session, or its creds and keys");
  const found = folder === undefined ? undefined : await readFolder(folder);
  const all: Readonly<Record<string, unknown>> = { ...found?.texts, ...keys };
  const { creds: among, ...rest } = all;
  const credentials = creds ?? among;
  if (credentials === undefined || credentials === null) throw await withoutCredentials(folder, found);
  return { creds: credentials, keys: rest };
}

async function withoutCredentials(folder: string | undefined, found: SessionFolder | undefined): Promise<WadeskError> {
  if (folder === undefined || found === undefined) return unusable("creds", "required", "are missing, and are not among the keys either");
  const { others, texts } = found;
  const other = foreignOf(others);
  if (other !== undefined) return unusable("folder", "unusable", `this is a session of ${other}; link the phone by QR`);
  const inside = await sessionsIn(folder, others);
  if (inside.length > 0)
    return unusable("folder", "not_found", `there is no creds.json in it, but in ${inside.join(", ")}; name one of those`);
  const hasKeys = Object.keys(texts).length > 0;
  const hint = hasKeys ? "with Evolution API they lie in its database: give them as creds" : "name the folder of one session";
  return unusable("folder", "not_found", `there is no creds.json in it; ${hint}`);
}

// by what WAHA's other engines keep, whose clients are not Baileys
function foreignOf(others: readonly string[]): string | undefined {
  if (others.some((name) => name === "gows.db" || /\.db(-wal)?$/.test(name)))
    return "whatsmeow, as WAHA's engine GOWS keeps it, which cannot be taken";
  const browser = ["Default", "Local State", "session", "DevToolsActivePort"];
  return others.some((name) => browser.includes(name)) ? "a browser, as WAHA's engine WEBJS keeps it, which cannot be taken" : undefined;
}

async function sessionsIn(folder: string, others: readonly string[]): Promise<readonly string[]> {
  const isSession = async (name: string): Promise<boolean> =>
    stat(join(folder, name, "creds.json")).then(
      (found) => found.isFile(),
      () => false,
    );
  const found = await Promise.all(others.slice(0, 50).map(async (name) => ((await isSession(name)) ? [name] : [])));
  return found.flat();
}
