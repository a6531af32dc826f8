import type { WadeskOptions } from "../api/options.ts";
import type { Wadesk } from "../api/wadesk.ts";
import { secretsContext } from "../connections/contexts.ts";
import type { Engine } from "../engine/engine.ts";
import { createHandlers } from "../handling/handlers.ts";
import { createInbox } from "../inbox/inbox.ts";
import { createWaiters } from "../inbox/waiters.ts";
import { createLifecycle } from "../lifecycle/lifecycle.ts";
import { createNews } from "../lifecycle/news.ts";
import { endAbandoned, endIfAbandoned } from "../linking/attempts.ts";
import { memoryStorage } from "../memory/memory-storage.ts";
import { deleteWorkspace } from "../operations/delete-workspace.ts";
import { exportWorkspace } from "../operations/export-workspace.ts";
import { probeSettings } from "../operations/probe-settings.ts";
import { rotateKeys } from "../operations/rotate-keys.ts";
import type { AnyChannel } from "../ports/channel.ts";
import { channelOf } from "../ports/installed-channel.ts";
import type { SecretsContext } from "../ports/webhook-source.ts";
import { checkWadeskOptions } from "../requests/check-wadesk-options.ts";
import { checkHandler, checkListener } from "../requests/event-names.ts";
import { readListener } from "../requests/read-lists.ts";
import { readChannels, readInboxOptions, readPublicUrl, readUpkeepOptions } from "../requests/read-options.ts";
import { readBudget, readDeadRequest, readKeys, readOfWorkspace } from "../requests/read-requests.ts";
import { createCalls } from "../runtime/calls.ts";
import { withDefaults } from "../runtime/default-runtime.ts";
import { inboundSource } from "../runtime/inbound-contexts.ts";
import { createLastNumbers } from "../runtime/last-numbers.ts";
import { createLive, messageOf } from "../runtime/live.ts";
import { createLocks } from "../runtime/locks.ts";
import { createKeptSessions } from "../runtime/sessions/kept-sessions.ts";
import { createPresence } from "../runtime/sessions/presence.ts";
import { sparingLog } from "../runtime/sparing-log.ts";
import { createSender } from "../sending/send.ts";
import { carryOut } from "../sessions/carry-out.ts";
import { createKeeper } from "../sessions/keeper.ts";
import { createSettingsStore } from "../settings/settings-store.ts";
import type { Clock } from "../time/clock.ts";
import { within } from "../time/within.ts";
import { checkInTurn } from "../upkeep/check-in-turn.ts";
import { createRetention } from "../upkeep/retention.ts";
import { sweepSilent } from "../upkeep/sweep-silent.ts";
import { createUpkeep } from "../upkeep/upkeep.ts";
import { createConnectionSecrets } from "../vault/connection-secrets.ts";
import { readKeyRing } from "../vault/keys.ts";
import { createVault } from "../vault/vault.ts";
import { createWorkspace } from "./create-workspace.ts";

/**
 * Makes the client. Synchronous and cheap: nothing is read, opened or loaded until it is used. Throws `encryption_key_missing`,
 * `encryption_key_invalid` or `configuration_invalid`.
 * @example
 * const wadesk = createWadesk({ channels: [cloudApi({ appId, appSecret, verifyToken })], encryptionKeys: process.env.WADESK_ENCRYPTION_KEYS });
 * await wadesk.workspace("acme").connect("cloud-api", { phoneNumberId, wabaId, accessToken });
 */
export function createWadesk<const List extends readonly AnyChannel[]>(options: WadeskOptions<List>): Wadesk<List[number]> {
  checkWadeskOptions(options);
  const engine = createEngine(options);
  const { storage, runtime } = engine;
  const handlers = createHandlers();
  const waiters = createWaiters();
  engine.live.on("connection.removed", ({ connectionId }) => waiters.forget(connectionId));
  const owner = runtime.randomId();
  const { pollMs, retentionMs, ...inboxOptions } = readInboxOptions(options.inbox);
  const { checkEveryMs, ...keep } = readUpkeepOptions(options.upkeep);
  const retention = createRetention(engine, owner, { doneMs: retentionMs, ...keep });
  const inbox = createInbox({
    engine,
    handlers,
    waiters,
    owner,
    tidy: retention.tidy,
    // with a storage that others share, a process without handlers leaves the events to those that have some
    mayClaim: () => !storage.durable || handlers.any(),
    ...inboxOptions,
  });
  engine.kept.receive = (kind, events, speaker) => inbox.receive(kind, events, undefined, speaker);
  const keeper = createKeeper(engine, (kind, ids, goesOn) => carryOut(engine, { kind, ids, goesOn }));
  const sender = createSender(engine);
  const upkeep = createUpkeep(engine, owner, [
    sweepSilent(engine),
    { name: "abandoned connection attempts", run: ({ isHeld }) => endAbandoned(engine, isHeld) },
    ...(checkEveryMs === undefined ? [] : [checkInTurn(engine, checkEveryMs, (row) => endIfAbandoned(engine, row))]),
    retention.task,
  ]);
  const news = createNews(engine);
  const lifecycle = createLifecycle({ engine, pump: inbox.pump, waiters, upkeep, keeper, news, pollMs });

  const wadesk: Wadesk<AnyChannel> = {
    workspace: (id) => createWorkspace({ engine, sender, news }, id),
    settings: {
      activeChannel: () => engine.settings.activeChannel(),
      setActiveChannel: (kind) => engine.settings.setActiveChannel(kind),
      read: (kind) => engine.settings.view(kind) as never,
      probe: (kind, options) => probeSettings(engine, kind, options),
      change: async (kind, change) => {
        const notes = await engine.settings.change(kind, change as Record<string, unknown>);
        return { settings: (await engine.settings.view(kind)) as never, notes };
      },
      watch: async (listener) => news.watch({ topic: "settings" }, readListener(listener)),
    },
    process(type, handler) {
      checkHandler(engine.channels, type, handler);
      handlers.register(type, handler);
    },
    on(name, listener) {
      checkListener(engine.channels, name, listener);
      return engine.live.on(name, listener);
    },
    async drain(request) {
      const completed = await inbox.pump.drain(readBudget(request));
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
        inbox.pump.kick();
        return replayed;
      },
    },
    rotateKeys: () => rotateKeys(engine),
    eventCounts: async (of) => storage.inbox.counts(readOfWorkspace(of).workspaceId),
    exportWorkspace: (id) => exportWorkspace(engine, id),
    deleteWorkspace: (id, how) => deleteWorkspace(engine, id, how),
    start: lifecycle.start,
    stop: lifecycle.stop,
    inbound: {
      sources: [...engine.channels.values()].flatMap(({ kind, webhook }) =>
        webhook === undefined ? [] : [inboundSource({ kind, source: webhook }, inboundContext(engine, kind, inboxOptions.storeWithinMs))],
      ),
      publicUrl: engine.publicUrl && withoutSecrets(engine.publicUrl),
      retentionMs,
      clock: runtime.clock,
      log: runtime.log,
      receive: inbox.receive,
      passedOver: inbox.passedOver,
    },
  };
  // the engine works on any channel; the caller's types are those of the installed ones
  return wadesk as unknown as Wadesk<List[number]>;
}

// clients are printed and logged, and an owner may have put a password or a key into the address
function withoutSecrets({ origin, pathname }: URL): URL {
  return new URL(`${origin}${pathname}`);
}

const HOUR_MS = 60 * 60 * 1000;

// a vendor that waits for its answer must not wait for a storage that hangs; and whoever has not been believed yet must not fill the log
function inboundContext(engine: Engine, kind: string, limitMs: number): SecretsContext<unknown> {
  const { runtime } = engine;
  const context = secretsContext({ ...engine, runtime: { ...runtime, log: sparingLog(runtime.log, runtime.clock, HOUR_MS) } }, kind);
  const limited = <Result>(work: Promise<Result>): Promise<Result> => within(runtime.clock, limitMs, work);
  return {
    ...context,
    settings: () => limited(context.settings()),
    platformSecrets: (field) => limited(context.platformSecrets(field)),
    connectionSecrets: async (speaker) => {
      const secrets = await limited(context.connectionSecrets(speaker));
      return secrets.map(({ stands, ...each }) => ({ ...each, ...(stands && { stands: () => limited(stands()) }) }));
    },
  };
}

function createEngine(options: WadeskOptions<readonly AnyChannel[]>): Engine {
  const runtime = withDefaults(options);
  const channels = readChannels(options.channels);
  const vault = createVault(readKeyRing(options.encryptionKeys));
  // asked as the objects that they are, which may be of a class
  const { clock } = runtime;
  const storage = options.storage ?? memoryStorage({ now: () => clock.now() });
  const now = (): number => storage.now?.() ?? clock.now();
  const time: Clock = { now, after: (delayMs, work, hold) => clock.after(delayMs, work, hold) };
  const locks = createLocks({ leases: storage.leases, clock: time, log: runtime.log, owner: runtime.randomId() });
  const [firstKind = ""] = channels.keys();
  const initialChannel = channelOf(channels, options.activeChannel ?? firstKind).kind;
  const { records } = storage;
  const kept = createKeptSessions();
  const presence = createPresence({
    sessions: storage.sessions,
    clock: time,
    log: runtime.log,
    randomId: runtime.randomId,
    // nothing of theirs may go on: another process may be opening them at this moment
    lost: kept.lose,
  });
  return {
    channels,
    storage,
    vault,
    locks,
    calls: createCalls(runtime.clock),
    presence,
    kept,
    runtime,
    ownFetch: options.fetch !== undefined,
    time,
    secrets: createConnectionSecrets(records, vault),
    settings: createSettingsStore({
      channels,
      records,
      vault,
      locks,
      initialChannel,
      clock: runtime.clock,
      now: time.now,
      randomId: runtime.randomId,
    }),
    live: createLive(runtime.log),
    lastNumbers: createLastNumbers(records, time.now),
    ...readPublicUrl(options.publicUrl),
  };
}
