import type { Connection } from "../model/connection.ts";
import type { AnyChannel } from "../ports/channel.ts";
import type { Runtime } from "../ports/runtime.ts";
import type { Storage } from "../ports/stores/storage.ts";
import type { Calls } from "../runtime/calls.ts";
import type { LastNumbers } from "../runtime/last-numbers.ts";
import type { Live } from "../runtime/live.ts";
import type { Locks } from "../runtime/locks.ts";
import type { KeptSessions } from "../runtime/sessions/kept-sessions.ts";
import type { Presence } from "../runtime/sessions/presence.ts";
import type { SettingsStore } from "../settings/settings-store.ts";
import type { Clock } from "../time/clock.ts";
import type { ConnectionSecrets } from "../vault/connection-secrets.ts";
import type { KeyRing } from "../vault/keys.ts";
import type { Vault } from "../vault/vault.ts";

/** What every part of one client shares. */
export interface Engine {
  readonly channels: ReadonlyMap<string, AnyChannel>;
  readonly storage: Storage;
  readonly keys: KeyRing;
  readonly vault: Vault;
  readonly secrets: ConnectionSecrets;
  readonly settings: SettingsStore;
  readonly locks: Locks;
  readonly calls: Calls;
  readonly presence: Presence;
  readonly kept: KeptSessions;
  readonly live: Live;
  readonly lastNumbers: LastNumbers;
  /** The stored row of a connection by its workspace and id: one read for all who ask at the same moment, never older than the question. */
  readonly connectionOf: (workspaceId: string, id: string) => Promise<Connection | undefined>;
  readonly runtime: Runtime;
  /** Whether the runtime's `fetch` is one that the host passed in. */
  readonly ownFetch: boolean;
  /** The storage's time, by which everything goes that processes share: due times, leases, ends. Otherwise the clock. */
  readonly time: Clock;
  readonly publicUrl: URL | undefined;
  /** As it was written. */
  readonly publicAddress: string | undefined;
}
