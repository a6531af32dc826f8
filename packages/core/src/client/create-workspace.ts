import type { WorkspaceGroups } from "../api/groups.ts";
import type { Signup } from "../api/signup.ts";
import type { Linking, Workspace } from "../api/workspace.ts";
import { invalidField } from "../fields/invalid.ts";
import { sendRequestOf } from "../handling/short-forms.ts";
import type { AttemptsHere } from "../linking/attempts-here.ts";
import { startLinking } from "../linking/linking.ts";
import type { AnyChannel } from "../ports/channel.ts";
import { channelOf } from "../ports/installed-channel.ts";
import { readListener } from "../requests/read-lists.ts";
import { readId, readKind } from "../requests/read-requests.ts";
import { readWorkspaceId } from "../requests/workspace-id.ts";
import { readSignupPlace } from "../signup/read-place.ts";
import type { Work } from "./work.ts";

/** What every workspace of one client shares. */
export interface WorkspaceParts {
  readonly channels: ReadonlyMap<string, AnyChannel>;
  readonly randomId: () => string;
  readonly work: Work;
  readonly attempts: AttemptsHere;
}

/** One tenant's side of the client. Throws `input_invalid` when the id is empty, since an absent tenant must not become one of its own. */
export function createWorkspace<List extends AnyChannel>(
  { channels, randomId, work, attempts }: WorkspaceParts,
  id: string,
): Workspace<List> {
  readWorkspaceId(id);
  const groups = async (): Promise<WorkspaceGroups> => {
    const { engine, createGroups } = await work();
    return createGroups(engine, id);
  };
  const workspace: Workspace<AnyChannel> = {
    id,
    connect(kind, input) {
      const connectionId = `con_${randomId()}`;
      const linking = startLinking(connectionId, async (show, controller) => {
        const { engine, connect } = await work();
        return connect(engine, id, kind, input, connectionId)(show, controller);
      });
      return attempts.keep(id, linking) as Linking<never>;
    },
    reconnect(connectionId, kind, input) {
      const linking = startLinking(connectionId, async (show, controller) => {
        const { engine, reconnect } = await work();
        return reconnect(engine, id, connectionId, kind, input)(show, controller);
      });
      return attempts.keep(id, linking) as Linking<never>;
    },
    async list(request) {
      const { engine, listConnections } = await work();
      return listConnections(engine, id, request);
    },
    async changedSince(cursor, request) {
      const { engine, connectionChanges } = await work();
      return connectionChanges(engine, id, cursor, request);
    },
    async watch(listener) {
      const call = readListener(listener);
      return (await work()).news.watch({ topic: "connections", workspaceId: id }, call);
    },
    async get(connectionId) {
      const { engine, rowOf, viewOf } = await work();
      return viewOf(engine, await rowOf(engine, id, connectionId));
    },
    async steps(connectionId) {
      const { engine, rowOf, readSteps } = await work();
      return readSteps(engine, await rowOf(engine, id, connectionId));
    },
    async setPrimary(connectionId) {
      const { engine, rowOf } = await work();
      const row = await rowOf(engine, id, connectionId);
      await engine.storage.connections.setPrimary(id, row.channel, connectionId);
    },
    async rename(connectionId, label) {
      readId(connectionId, "connection");
      const text = typeof label === "string" ? label.trim() : "";
      if (text === "") throw invalidField("label", "give a text that is not empty", "required");
      const { engine, updateConnection } = await work();
      return updateConnection(engine, id, connectionId, () => ({ label: text }));
    },
    async cancel(connectionId) {
      if (attempts.cancel(id, connectionId)) return;
      const { engine, cancelLinking } = await work();
      return cancelLinking(engine, id, connectionId);
    },
    async disconnect(connectionId) {
      const { engine, disconnect } = await work();
      return disconnect(engine, id, connectionId);
    },
    async remove(connectionId) {
      const { engine, remove } = await work();
      await remove(engine, id, connectionId);
    },
    async intent(connectionId) {
      const { engine, rowOf, readIntent } = await work();
      const intent = await readIntent(engine, await rowOf(engine, id, connectionId));
      return intent && { action: intent.action, at: intent.at, ...(intent.failed !== undefined && { failed: intent.failed }) };
    },
    async check(connectionId) {
      const { engine, check } = await work();
      return check(engine, id, connectionId);
    },
    send: async (...given: Parameters<typeof sendRequestOf>) => (await work()).sender.send(id, sendRequestOf(...given)),
    async lastNumberOf(contact) {
      const { engine, lastNumberOf } = await work();
      return lastNumberOf(engine, id, contact);
    },
    async message(messageId) {
      const { engine } = await work();
      return engine.storage.messages.get(id, readId(messageId, "message"));
    },
    signup(kind, user) {
      const place = readSignupPlace(channels, kind, user);
      const signup = async (): Promise<Signup> => {
        const { engine, createSignup } = await work();
        return createSignup(engine, id, place);
      };
      return {
        begin: async (wish) => (await signup()).begin(wish),
        finish: async (state, code, told) => (await signup()).finish(state, code, told),
        resume: async (attemptId, answer) => (await signup()).resume(attemptId, answer),
        read: async (attemptId) => (await signup()).read(attemptId),
        cancel: async (attemptId) => (await signup()).cancel(attemptId),
      };
    },
    operations(kind, connectionId) {
      const { operations } = channelOf(channels, readKind(kind));
      if (operations === undefined) throw invalidField("kind", `${kind} has no operations of its own`, "not_one_of");
      const run =
        (name: string) =>
        async (...given: readonly unknown[]) => {
          const { engine, runOperation } = await work();
          return runOperation(engine, { workspaceId: id, kind, id: connectionId, name }, given);
        };
      return Object.fromEntries(Object.keys(operations).map((name) => [name, run(name)])) as never;
    },
    media: {
      async download(media, options) {
        const { engine, download } = await work();
        return download(engine, id, media, options);
      },
      async upload(request) {
        const { engine, upload } = await work();
        return upload(engine, id, request);
      },
    },
    groups: {
      list: async (...given) => (await groups()).list(...given),
      get: async (...given) => (await groups()).get(...given),
      create: async (...given) => (await groups()).create(...given),
      change: async (...given) => (await groups()).change(...given),
      leave: async (...given) => (await groups()).leave(...given),
      invite: async (...given) => (await groups()).invite(...given),
      join: async (...given) => (await groups()).join(...given),
    },
    async markRead(mark) {
      const { engine, markRead } = await work();
      return markRead(engine, id, mark);
    },
  };
  // the engine works on any channel; the caller's types are those of the installed ones
  return workspace as unknown as Workspace<List>;
}
