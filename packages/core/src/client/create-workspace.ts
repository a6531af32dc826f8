import type { Linking, Workspace } from "../api/workspace.ts";
import { check } from "../connections/check.ts";
import { disconnect, remove } from "../connections/end.ts";
import { readIntent } from "../connections/lines/intents.ts";
import { connectionChanges, listConnections } from "../connections/list.ts";
import { updateConnection } from "../connections/update.ts";
import { rowOf, viewOf } from "../connections/view.ts";
import type { Engine } from "../engine/engine.ts";
import { invalidField } from "../fields/invalid.ts";
import type { News } from "../lifecycle/news.ts";
import { cancelLinking } from "../linking/cancel.ts";
import { connect, reconnect } from "../linking/connect.ts";
import { readSteps } from "../linking/steps.ts";
import type { AnyChannel } from "../ports/channel.ts";
import { readListener } from "../requests/read-lists.ts";
import { readId } from "../requests/read-requests.ts";
import { readWorkspaceId } from "../requests/workspace-id.ts";
import { lastNumberOf } from "../sending/last-number-of.ts";
import { markRead } from "../sending/mark-read.ts";
import type { Sender } from "../sending/send.ts";
import { createSignup } from "../signup/signup.ts";

/** What every workspace of one client shares. */
export interface WorkspaceParts {
  readonly engine: Engine;
  readonly sender: Sender;
  readonly news: News;
}

/** One tenant's side of the client. Throws `input_invalid` when the id is empty, since an absent tenant must not become one of its own. */
export function createWorkspace<List extends AnyChannel>({ engine, sender, news }: WorkspaceParts, id: string): Workspace<List> {
  readWorkspaceId(id);
  const workspace: Workspace<AnyChannel> = {
    id,
    connect: (kind, input) => connect(engine, id, kind, input) as Linking<never>,
    reconnect: (connectionId, kind, input) => reconnect(engine, id, connectionId, kind, input) as Linking<never>,
    list: (request) => listConnections(engine, id, request),
    changedSince: (cursor, request) => connectionChanges(engine, id, cursor, request),
    watch: async (listener) => news.watch({ topic: "connections", workspaceId: id }, readListener(listener)),
    get: async (connectionId) => viewOf(engine, await rowOf(engine, id, connectionId)),
    steps: async (connectionId) => readSteps(engine, await rowOf(engine, id, connectionId)),
    async setPrimary(connectionId) {
      const row = await rowOf(engine, id, connectionId);
      await engine.storage.connections.setPrimary(id, row.channel, connectionId);
    },
    async rename(connectionId, label) {
      readId(connectionId, "connection");
      const text = typeof label === "string" ? label.trim() : "";
      if (text === "") throw invalidField("label", "give a text that is not empty", "required");
      return updateConnection(engine, id, connectionId, () => ({ label: text }));
    },
    cancel: (connectionId) => cancelLinking(engine, id, connectionId),
    disconnect: (connectionId) => disconnect(engine, id, connectionId),
    remove: async (connectionId) => void (await remove(engine, id, connectionId)),
    async intent(connectionId) {
      const intent = await readIntent(engine, await rowOf(engine, id, connectionId));
      return intent && { action: intent.action, at: intent.at, ...(intent.failed !== undefined && { failed: intent.failed }) };
    },
    check: (connectionId) => check(engine, id, connectionId),
    send: (request) => sender.send(id, request),
    lastNumberOf: (contact) => lastNumberOf(engine, id, contact),
    message: async (messageId) => engine.storage.messages.get(id, readId(messageId, "message")),
    signup: (kind, user) => createSignup(engine, id, kind, user),
    media: {
      // loaded with the first file
      download: async (media, options) => (await import("../media/download.ts")).download(engine, id, media, options),
      upload: async (request) => (await import("../media/upload.ts")).upload(engine, id, request),
    },
    markRead: (mark) => markRead(engine, id, mark),
  };
  // the engine works on any channel; the caller's types are those of the installed ones
  return workspace as unknown as Workspace<List>;
}
