import type { Connection } from "@wadesk/core";
import { checkOptions } from "@wadesk/core/ports";
import type { UnofficialDetails } from "./details.ts";
import type { SessionInput, StoredSession } from "./input/unofficial-input.ts";
import type { SessionSource } from "./moving/read-session.ts";

/** A workspace of a client that has the channel. */
export interface ImportingWorkspace {
  /** Links the number; `importSession` calls it with the session that it read. */
  connect(kind: "unofficial", input: SessionInput & { readonly label?: string }): PromiseLike<Connection<UnofficialDetails>>;
}

/** What is moved, and what of it is asked for. */
export interface ImportRequest {
  /** Where the other program has stored the session. */
  readonly from: SessionSource;
  /** The number that it has to be of, E.164 with the plus; whichever it is of when absent. */
  readonly phone?: string;
  /** What people know the number by. */
  readonly label?: string;
}

/**
 * Reads a session that another program of Baileys' has stored; `connect` and `reconnect` take it as `session`. The program has to be stopped. Rejects with
 * `input_invalid` where nothing can be read, or where it is of a program whose sessions cannot be taken.
 */
export async function readSession(from: SessionSource): Promise<StoredSession> {
  return (await import("./moving/read-session.ts")).readStoredSession(from);
}

/**
 * Moves a linked phone from another program of Baileys' to here, without a QR: reads its session and connects with it. Stop that program first. What was there
 * stays as it is. Rejects with what `readSession` and `connect` reject with, and then nothing is left here.
 *
 * @example
 * ```ts
 * await importSession(wadesk.workspace("acme"), { from: { folder: "./auth_info_baileys" } });
 * ```
 */
export async function importSession(workspace: ImportingWorkspace, request: ImportRequest): Promise<Connection<UnofficialDetails>> {
  checkOptions<ImportRequest>("importSession", request, { from: "object", phone: "text", label: "text" });
  const { from = {}, ...rest }: Partial<ImportRequest> = request;
  return workspace.connect("unofficial", { ...rest, session: await readSession(from) });
}
