import type { Engine } from "../engine/engine.ts";
import type { AnyChannel } from "../ports/channel.ts";
import type { Lookup, Runtime } from "../ports/runtime.ts";
import type { Storage } from "../ports/stores/storage.ts";
import { createCalls } from "../runtime/calls.ts";
import { createLastNumbers } from "../runtime/last-numbers.ts";
import type { Live } from "../runtime/live.ts";
import { createLocks } from "../runtime/locks.ts";
import { createKeptSessions } from "../runtime/sessions/kept-sessions.ts";
import { shareReads } from "../runtime/share-reads.ts";
import { createPresence } from "../runtime/sessions/presence.ts";
import { systemLookup } from "../runtime/system-network.ts";
import { createSettingsStore } from "../settings/settings-store.ts";
import type { Clock } from "../time/clock.ts";
import { createConnectionSecrets } from "../vault/connection-secrets.ts";
import type { KeyRing } from "../vault/keys.ts";
import { createVault } from "../vault/vault.ts";

/** The options of a client, read and with what was not given filled in. */
export interface EngineParts {
  readonly channels: ReadonlyMap<string, AnyChannel>;
  /** The kind that is in force until an admin chooses. */
  readonly initialChannel: string;
  readonly keys: KeyRing;
  readonly storage: Storage;
  readonly runtime: Omit<Runtime, "lookup">;
  /** The machine's resolver when absent. */
  readonly lookup: Lookup | undefined;
  /** Whether the runtime's `fetch` is one that the host passed in. */
  readonly ownFetch: boolean;
  readonly live: Live;
  readonly time: Clock;
  readonly publicUrl: URL | undefined;
  /** As it was written. */
  readonly publicAddress: string | undefined;
}

/** Makes what every part of one client shares. */
export function createEngine({ keys, initialChannel, lookup = systemLookup, ...parts }: EngineParts): Engine {
  const { channels, storage, time } = parts;
  const runtime: Runtime = { ...parts.runtime, lookup };
  const { records } = storage;
  const vault = createVault(keys);
  const locks = createLocks({ leases: storage.leases, clock: time, log: runtime.log, owner: runtime.randomId() });
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
    ...parts,
    runtime,
    keys,
    vault,
    locks,
    calls: createCalls(runtime.clock),
    presence,
    kept,
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
    lastNumbers: createLastNumbers(records, time),
    connectionOf: shareReads(runtime.clock, (workspaceId: string, id: string) => storage.connections.get(workspaceId, id)),
  };
}
