import { channelContext, secretsContext } from "../connections/contexts.ts";
import { createHandlers } from "../inbox/handlers.ts";
import { createInbox } from "../inbox/inbox.ts";
import { createWaiters } from "../inbox/waiters.ts";
import { memoryStorage } from "../memory/memory-storage.ts";
import type { AnyChannel } from "../ports/channel.ts";
import { withDefaults } from "../runtime/default-runtime.ts";
import { createLive } from "../runtime/live.ts";
import { createLocks } from "../runtime/locks.ts";
import { createSender } from "../sending/send.ts";
import { createSettingsStore } from "../settings/settings-store.ts";
import { createConnectionSecrets } from "../vault/connection-secrets.ts";
import { readKeyRing } from "../vault/keys.ts";
import { rotateKeys } from "../vault/rotate-keys.ts";
import { createVault } from "../vault/vault.ts";
import { createWorkspace } from "./create-workspace.ts";
import { channelOf, type Engine } from "./engine.ts";
import { readChannels, readInboxOptions, readPublicUrl, type WadeskOptions } from "./options.ts";
import type { Wadesk } from "./wadesk.ts";

const POLL_MS = 1000;

/**
 * Makes the client. Synchronous and cheap: nothing is read, opened or loaded until it is used. Throws `encryption_key_missing`,
 * `encryption_key_invalid` or `configuration_invalid`.
 * @example
 * const wadesk = createWadesk({ channels: [cloudApi({ appId, appSecret, verifyToken })], encryptionKeys: process.env.WADESK_ENCRYPTION_KEYS });
 * await wadesk.workspace("acme").connect("cloud-api", { phoneNumberId, wabaId, accessToken });
 */
export function createWadesk<const List extends readonly AnyChannel[]>(options: WadeskOptions<List>): Wadesk<List[number]> {
  const engine = createEngine(options);
  const { storage, runtime } = engine;
  const handlers = createHandlers();
  const waiters = createWaiters();
  engine.live.on("connection.removed", ({ connectionId }) => waiters.forget(connectionId));
  const inbox = createInbox({
    engine,
    handlers,
    waiters,
    owner: runtime.randomId(),
    // with a storage that others share, a process without handlers leaves the events to those that have some
    mayClaim: () => !storage.durable || handlers.any(),
    ...readInboxOptions(options.inbox),
  });
  const sender = createSender(engine);
  let cancelPoll = (): void => {};
  /** Counts starts and stops, so that a start that is overtaken by a stop does nothing more. */
  let turn = 0;

  const poll = (): void => {
    cancelPoll();
    inbox.pump.kick();
    cancelPoll = runtime.clock.after(POLL_MS, poll);
  };

  const wadesk: Wadesk<AnyChannel> = {
    workspace: (id) => createWorkspace(engine, sender, id),
    settings: {
      activeChannel: () => engine.settings.activeChannel(),
      setActiveChannel: (kind) => engine.settings.setActiveChannel(kind),
      read: (kind) => engine.settings.view(kind) as never,
      change: async (kind, change) => {
        const notes = await engine.settings.change(kind, change as Record<string, unknown>);
        return { settings: (await engine.settings.view(kind)) as never, notes };
      },
    },
    process: handlers.register,
    on: engine.live.on,
    drain: ({ budgetMs } = {}) => inbox.pump.drain(budgetMs),
    deadLetters: {
      list: ({ workspaceId, limit = 50, cursor } = {}) =>
        storage.inbox.dead(workspaceId, { limit, ...(cursor !== undefined && { cursor }) }),
      async replay(keys) {
        const replayed = await storage.inbox.replay(keys);
        inbox.pump.kick();
        return replayed;
      },
    },
    rotateKeys: () => rotateKeys(engine),
    async start() {
      turn += 1;
      const mine = turn;
      for (const { kind, settings } of engine.channels.values()) {
        const lacks = settings.missing?.(await engine.settings.resolve(kind)) ?? [];
        for (const sentence of lacks) runtime.log.warn({ channel: kind }, sentence);
      }
      if (turn !== mine) return;
      inbox.pump.resume();
      // another process may have added what this one handles
      if (storage.durable) poll();
    },
    async stop() {
      turn += 1;
      cancelPoll();
      waiters.giveUp();
      await inbox.pump.stop();
    },
    inbound: {
      sources: [...engine.channels.values()].flatMap(({ kind, webhook }) =>
        webhook === undefined
          ? []
          : [{ kind, source: webhook, context: { ...channelContext(engine, kind), ...secretsContext(engine, kind) } }],
      ),
      publicUrl: engine.publicUrl,
      log: runtime.log,
      receive: inbox.receive,
    },
  };
  // the engine works on any channel; the caller's types are those of the installed ones
  return wadesk as unknown as Wadesk<List[number]>;
}

function createEngine(options: WadeskOptions<readonly AnyChannel[]>): Engine {
  const runtime = withDefaults(options);
  const channels = readChannels(options.channels);
  const vault = createVault(readKeyRing(options.encryptionKeys));
  const storage = options.storage ?? memoryStorage({ now: runtime.clock.now });
  const locks = createLocks({ leases: storage.leases, clock: runtime.clock, log: runtime.log, owner: runtime.randomId() });
  const [firstKind = ""] = channels.keys();
  const initialChannel = channelOf(channels, options.activeChannel ?? firstKind).kind;
  const { records } = storage;
  return {
    channels,
    storage,
    vault,
    locks,
    runtime,
    secrets: createConnectionSecrets(records, vault),
    settings: createSettingsStore({ channels, records, vault, locks, initialChannel, now: runtime.clock.now, randomId: runtime.randomId }),
    live: createLive(runtime.log),
    publicUrl: readPublicUrl(options.publicUrl),
  };
}
