import type { DeletedWorkspace, DeleteWorkspaceOptions } from "../api/operations.ts";
import { remove } from "../connections/end.ts";
import { type Intent, readIntent } from "../connections/lines/intents.ts";
import type { Engine } from "../engine/engine.ts";
import { isWadeskError, WadeskError } from "../errors/wadesk-error.ts";
import { checkRequest } from "../fields/check-fields.ts";
import { pagesOf } from "../ports/stores/pages-of.ts";
import { readWorkspaceId } from "../requests/workspace-id.ts";
import { signupsOf } from "../vault/signup-places.ts";

/**
 * Ends every connection of a workspace with its vendor, then forgets all that is kept for it. Rejects with the vendor's refusal, and may be
 * repeated after any failure; the connections that it reached are gone by then. What is left to the processes that keep the sessions is asked of
 * them with each call, and what they failed at since the call before is what it rejects with.
 */
export async function deleteWorkspace(engine: Engine, id: string, options: DeleteWorkspaceOptions = {}): Promise<DeletedWorkspace> {
  const workspaceId = readWorkspaceId(id);
  checkRequest<DeleteWorkspaceOptions>(options, { force: "flag" });
  const { force = false } = options;
  const { connections, messages, inbox, records } = engine.storage;
  // counted first, since what belongs to a connection goes with it
  const counts = await inbox.counts(workspaceId);
  let messageCount = 0;
  for await (const _message of pagesOf((page) => messages.list(workspaceId, page))) messageCount += 1;
  let connectionCount = 0;
  let left = 0;
  let refused: WadeskError | undefined;
  for await (const row of pagesOf((page) => connections.list(workspaceId, {}, page))) {
    try {
      const before = await readIntent(engine, row);
      if ((await remove(engine, workspaceId, row.id, force)) === "left") {
        left += 1;
        refused ??= refusalOf(before);
      }
      connectionCount += 1;
    } catch (error) {
      // somebody else removed it
      if (!isWadeskError(error, "connection_not_found")) throw error;
    }
  }
  if (refused !== undefined) throw refused;
  if (left > 0)
    throw new WadeskError("session_elsewhere", {
      detail: `${left} connections are removed by the process that keeps their sessions; delete the workspace once more in a few seconds`,
    });
  await records.clear(signupsOf(workspaceId));
  await inbox.deleteOfWorkspace(workspaceId);
  await messages.deleteOfWorkspace(workspaceId);
  await engine.lastNumbers.forgetWorkspace(workspaceId);
  await connections.forgetChanges(workspaceId);
  return { connections: connectionCount, messages: messageCount, events: counts.waiting + counts.running + counts.done + counts.dead };
}

// a check or a disconnect that failed says nothing of a removal
function refusalOf(before: Intent | undefined): WadeskError | undefined {
  if (before?.action !== "remove" || before.failed === undefined) return undefined;
  return new WadeskError(before.failed, {
    detail: `the process that keeps the session of ${before.connectionId} could not end it and is asked once more; { force: true } goes on without the provider`,
  });
}
