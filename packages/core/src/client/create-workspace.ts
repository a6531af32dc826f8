import { check } from "../connections/check.ts";
import { connect, reconnect } from "../connections/connect.ts";
import { disconnect, remove } from "../connections/end.ts";
import { listConnections } from "../connections/list.ts";
import { updateConnection } from "../connections/update.ts";
import { rowOf, viewOf } from "../connections/view.ts";
import { readSteps } from "../linking/steps.ts";
import { readWorkspaceId } from "../operations/workspace-id.ts";
import type { AnyChannel } from "../ports/channel.ts";
import { invalidField } from "../requests/invalid.ts";
import { readId } from "../requests/read-requests.ts";
import { markRead } from "../sending/mark-read.ts";
import type { Sender } from "../sending/send.ts";
import type { Engine } from "./engine.ts";
import type { Linking, Workspace } from "./workspace-port.ts";

/** One tenant's side of the client. Throws `input_invalid` when the id is empty, since an absent tenant must not become one of its own. */
export function createWorkspace<List extends AnyChannel>(engine: Engine, sender: Sender, id: string): Workspace<List> {
  readWorkspaceId(id);
  const workspace: Workspace<AnyChannel> = {
    id,
    connect: (kind, input) => connect(engine, id, kind, input) as Linking<never>,
    reconnect: (connectionId, kind, input) => reconnect(engine, id, connectionId, kind, input) as Linking<never>,
    list: (request) => listConnections(engine, id, request),
    get: async (connectionId) => viewOf(engine, await rowOf(engine, id, connectionId)),
    steps: async (connectionId) => readSteps(engine, await rowOf(engine, id, connectionId)),
    async setPrimary(connectionId) {
      const row = await rowOf(engine, id, connectionId);
      await engine.storage.connections.setPrimary(id, row.channel, connectionId);
    },
    async rename(connectionId, label) {
      readId(connectionId, "connection");
      const text = typeof label === "string" ? label.trim() : "";
      if (text === "") throw invalidField("label", "give a text that is not empty");
      return updateConnection(engine, id, connectionId, () => ({ label: text }));
    },
    disconnect: (connectionId) => disconnect(engine, id, connectionId),
    remove: (connectionId) => remove(engine, id, connectionId),
    check: (connectionId) => check(engine, id, connectionId),
    send: (request) => sender.send(id, request),
    message: async (messageId) => engine.storage.messages.get(id, readId(messageId, "message")),
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
