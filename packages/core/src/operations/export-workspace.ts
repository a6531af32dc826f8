import type { ExportedRow } from "../api/operations.ts";
import { viewOf } from "../connections/view.ts";
import type { Engine } from "../engine/engine.ts";
import { pagesOf } from "../ports/stores/pages-of.ts";

/** What is stored of a workspace: its connections, then its messages, then its events that are not done, then by which number each contact last spoke. Reads a page at a time. */
export async function* exportWorkspace(engine: Engine, workspaceId: string): AsyncGenerator<ExportedRow> {
  const { connections, messages, inbox } = engine.storage;
  for await (const row of pagesOf((page) => connections.list(workspaceId, {}, page))) {
    yield { kind: "connection", connection: viewOf(engine, row) };
  }
  for await (const message of pagesOf((page) => messages.list(workspaceId, page))) yield { kind: "message", message };
  for await (const { event, state } of pagesOf((page) => inbox.list(workspaceId, page))) yield { kind: "event", event, state };
  for await (const last of engine.lastNumbers.all(workspaceId)) yield { kind: "last-number", ...last };
}
