import type { PassedOver } from "../api/inbound-port.ts";
import type { ExportedRow } from "../api/operations.ts";
import type { OptionsBesideEnv, WadeskOptions } from "../api/options.ts";
import type { Wadesk } from "../api/wadesk.ts";
import { type Environment, readEnvironment } from "../fields/read-environment.ts";
import { createHandlers } from "../handling/handlers.ts";
import { answerable } from "../handling/short-forms.ts";
import { createAttemptsHere } from "../linking/attempts-here.ts";
import { memoryStorage } from "../memory/memory-storage.ts";
import type { AnyChannel } from "../ports/channel.ts";
import { channelOf } from "../ports/installed-channel.ts";
import { checkWadeskOptions } from "../requests/check-wadesk-options.ts";
import { checkHandler, checkListener } from "../requests/event-names.ts";
import { readListener } from "../requests/read-lists.ts";
import { readChannels, readInboxOptions, readPublicUrl, readUpkeepOptions } from "../requests/read-options.ts";
import { readBudget, readDeadRequest, readKeys, readOfWorkspace } from "../requests/read-requests.ts";
import { readWorkspaceId } from "../requests/workspace-id.ts";
import { withDefaults } from "../runtime/default-runtime.ts";
import { inboundSource } from "../runtime/inbound-contexts.ts";
import { createLive, messageOf } from "../runtime/live.ts";
import { refuseOldNode } from "../runtime/refuse-old-node.ts";
import type { Clock } from "../time/clock.ts";
import { readKeyRing } from "../vault/keys.ts";
import { createWorkspace } from "./create-workspace.ts";
import { laterContext } from "./doors/later-context.ts";
import { once } from "../time/once.ts";
import { createScreenPort } from "./doors/screen-port.ts";
import type { Work } from "./work.ts";

/**
 * Makes the client. Synchronous and cheap: nothing is read, opened or loaded until it is used. Throws `encryption_key_missing`,
 * `encryption_key_invalid` or `configuration_invalid`.
 * @example
 * const wadesk = createWadesk({ channels: [cloudApi({ appId, appSecret, verifyToken })], encryptionKeys: process.env.WADESK_ENCRYPTION_KEYS });
 * await wadesk.workspace("acme").connect("cloud-api", { phoneNumberId, wabaId, accessToken });
 */
export const createWadesk: CreateWadesk = /* @__PURE__ */ Object.assign(makeWadesk, { fromEnv: makeFromEnv });

/** Makes the client. */
export interface CreateWadesk {
  <const List extends readonly AnyChannel[]>(options: WadeskOptions<List>): Wadesk<List[number]>;
  /**
   * Makes it with the keys of `WADESK_ENCRYPTION_KEYS` and, where it is set, the address of `PUBLIC_URL`. An option counts over its variable. Throws like
   * `createWadesk`. `environment` is `process.env` when absent.
   * @example
   * const wadesk = createWadesk.fromEnv({ channels: [cloudApi.fromEnv()], storage: sqliteStorage("wadesk.db") });
   */
  fromEnv<const List extends readonly AnyChannel[]>(options: OptionsBesideEnv<List>, environment?: Environment): Wadesk<List[number]>;
}

function makeFromEnv<const List extends readonly AnyChannel[]>(
  options: OptionsBesideEnv<List>,
  environment?: Environment,
): Wadesk<List[number]> {
  const variables = { encryptionKeys: { name: "WADESK_ENCRYPTION_KEYS" }, publicUrl: { name: "PUBLIC_URL" } };
  const { encryptionKeys, publicUrl, ...others } = readEnvironment<OptionsBesideEnv<List>>(
    "createWadesk.fromEnv",
    variables,
    options,
    environment,
  );
  return makeWadesk({ encryptionKeys, ...(publicUrl !== undefined && { publicUrl }), ...others });
}

function makeWadesk<const List extends readonly AnyChannel[]>(options: WadeskOptions<List>): Wadesk<List[number]> {
  refuseOldNode();
  checkWadeskOptions(options);
  const runtime = withDefaults(options);
  const channels = readChannels(options.channels);
  const keys = readKeyRing(options.encryptionKeys);
  // asked as the objects that they are, which may be of a class
  const { clock } = runtime;
  const storage = options.storage ?? memoryStorage({ now: () => clock.now() });
  const now = (): number => storage.now?.() ?? clock.now();
  const time: Clock = { now, after: (delayMs, work, hold) => clock.after(delayMs, work, hold) };
  const [firstKind = ""] = channels.keys();
  const initialChannel = channelOf(channels, options.activeChannel ?? firstKind).kind;
  const { publicUrl, publicAddress } = readPublicUrl(
    options.publicUrl,
    [...channels.values()].flatMap(({ webhook }) => webhook?.paths ?? []),
  );
  const live = createLive(runtime.log);
  const handlers = createHandlers((event) => answerable(wadesk.workspace(event.workspaceId), event));
  const { pollMs, retentionMs, ...inbox } = readInboxOptions(options.inbox);
  const { checkEveryMs, ...keep } = readUpkeepOptions(options.upkeep);
  let passedOver = (): PassedOver => ({ unowned: 0, unspoken: 0 });
  const work: Work = once(async () => {
    const { createParts, ...calls } = await import("./late.ts");
    const { lookup } = options;
    const ownFetch = options.fetch !== undefined;
    const parts = createParts({
      engine: { channels, initialChannel, keys, storage, runtime, lookup, ownFetch, live, time, publicUrl, publicAddress },
      handlers,
      inbox,
      pollMs,
      keep: { doneMs: retentionMs, ...keep },
      checkEveryMs,
    });
    passedOver = parts.inbox.passedOver;
    return { ...calls, ...parts };
  });

  const attempts = createAttemptsHere();
  const wadesk: Wadesk<AnyChannel> = {
    workspace: (id) => createWorkspace({ channels, randomId: runtime.randomId, work, attempts }, id),
    settings: {
      activeChannel: async () => (await work()).engine.settings.activeChannel(),
      setActiveChannel: async (kind) => (await work()).engine.settings.setActiveChannel(kind),
      read: async (kind) => (await work()).engine.settings.view(kind) as never,
      async probe(kind, options) {
        const { engine, probeSettings } = await work();
        return probeSettings(engine, kind, options);
      },
      async change(kind, change) {
        const { settings } = (await work()).engine;
        const notes = await settings.change(kind, change as Record<string, unknown>);
        return { settings: (await settings.view(kind)) as never, notes };
      },
      async watch(listener) {
        const call = readListener(listener);
        return (await work()).news.watch({ topic: "settings" }, call);
      },
    },
    process(type, handler) {
      checkHandler(channels, type, handler);
      handlers.register(type, handler);
    },
    on(name, listener) {
      checkListener(channels, name, listener);
      return live.on(name, listener);
    },
    async drain(request) {
      const budgetMs = readBudget(request);
      const { engine, inbox, retention, endAbandoned } = await work();
      const completed = await inbox.pump.drain(budgetMs);
      await retention.tidy("first");
      await endAbandoned(engine).catch((error: unknown) =>
        runtime.log.warn(
          { reason: messageOf(error) },
          "connection attempts whose processes ended could not be removed; trying again later",
        ),
      );
      return completed;
    },
    deadLetters: {
      async list(request) {
        const { workspaceId, ...page } = readDeadRequest(request);
        return storage.inbox.dead(workspaceId, page);
      },
      async replay(keys, of) {
        const replayed = await storage.inbox.replay(readKeys(keys), readOfWorkspace(of).workspaceId);
        (await work()).inbox.pump.kick();
        return replayed;
      },
    },
    async rotateKeys() {
      const { engine, rotateKeys } = await work();
      return rotateKeys(engine);
    },
    eventCounts: async (of) => storage.inbox.counts(readOfWorkspace(of).workspaceId),
    exportWorkspace: (id) => exported(work, readWorkspaceId(id)),
    async deleteWorkspace(id, how) {
      const { engine, deleteWorkspace } = await work();
      return deleteWorkspace(engine, id, how);
    },
    start: async () => (await work()).lifecycle.start(),
    stop: async (how) => (await work()).lifecycle.stop(how),
    inbound: {
      sources: [...channels.values()].flatMap(({ kind, webhook }) =>
        webhook === undefined
          ? []
          : [
              inboundSource(
                { kind, source: webhook },
                laterContext({ work, kind, runtime, time, publicUrl, publicAddress, limitMs: inbox.storeWithinMs }),
              ),
            ],
      ),
      publicUrl: publicUrl && withoutSecrets(publicUrl),
      retentionMs,
      clock,
      log: runtime.log,
      receive: async (kind, events, platform, speaker) => (await work()).inbox.receive(kind, events, platform, speaker),
      stand: async (kind, standings, speaker, once) => {
        const { engine, keepStandings } = await work();
        return keepStandings(engine, kind, standings, speaker, once);
      },
      passedOver: () => passedOver(),
    },
    screen: createScreenPort(channels, storage, now, work),
  };
  // the engine works on any channel; the caller's types are those of the installed ones
  return wadesk as unknown as Wadesk<List[number]>;
}

// clients are printed and logged, and an owner may have put a password or a key into the address
function withoutSecrets({ origin, pathname }: URL): URL {
  return new URL(`${origin}${pathname}`);
}

async function* exported(work: Work, workspaceId: string): AsyncGenerator<ExportedRow> {
  const { engine, exportWorkspace } = await work();
  yield* exportWorkspace(engine, workspaceId);
}
