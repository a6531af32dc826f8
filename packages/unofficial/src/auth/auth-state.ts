import type { SealedRecords } from "@wadesk/core/ports";
import type { AuthenticationState, Baileys, Credentials, KeyChanges, KeyStore, KeyTypes } from "../baileys/baileys.ts";
import { batchedReads } from "./batched-reads.ts";
import { createChangeQueue } from "./change-queue.ts";
import { CREDENTIALS_KEY, recordOf, recordValues } from "./record-values.ts";

/** What a device keeps: its credentials and keys, in the records of its connection. */
export interface AuthState {
  /** What `makeWASocket` takes. */
  readonly auth: AuthenticationState;
  /** Stores the credentials as they are now, after all that was stored before. Does nothing while the device is not linked: half of a link is none. */
  keepCredentials(): void;
  /** Resolves when all that was kept is stored; call it before the session is left. Rejects where a write has failed. */
  flush(): Promise<void>;
  /** Deletes everything, and keeps nothing any more: Baileys goes on writing for a moment when its client has ended. */
  forget(): Promise<void>;
  /** Resolves with the reason when a write has failed: then memory and records differ, and the session has to be opened anew. */
  readonly failed: Promise<unknown>;
}

type Counters = Pick<Credentials, "nextPreKeyId" | "firstUnuploadedPreKeyId">;

/** The state of the device that is linked. Nothing where there is none, or half of one. Rejects with `sealed_value_invalid` where it does not open. */
export async function storedAuthState(baileys: Baileys, records: SealedRecords): Promise<AuthState | undefined> {
  const value = (await records.get([CREDENTIALS_KEY])).get(CREDENTIALS_KEY);
  if (value === undefined) return undefined;
  const credentials = recordValues(baileys).readCredentials(value);
  return credentials.account ? authState(baileys, records, credentials) : undefined;
}

/** The state of a device that is not linked yet, with keys of its own. */
export function freshAuthState(baileys: Baileys, records: SealedRecords): AuthState {
  return authState(baileys, records, baileys.initAuthCreds());
}

function authState(baileys: Baileys, records: SealedRecords, creds: Credentials): AuthState {
  const values = recordValues(baileys);
  const queue = createChangeQueue(records);
  const read = batchedReads(records);
  // what counts prekeys is stored together with them, or ids that WhatsApp has would be used again
  let counters = countersOf(creds);
  let isForgotten = false;
  const credentials = (): readonly [string, Uint8Array] => [CREDENTIALS_KEY, values.credentials({ ...creds, ...counters })];

  const keys: KeyStore = {
    async get(type, ids) {
      const places = ids.map((id) => [id, recordOf(type, id)] as const);
      const pending = new Map(places.map(([, place]) => [place, queue.pending(place)]));
      const missing = places.map(([, place]) => place).filter((place) => pending.get(place) === undefined);
      const stored = missing.length === 0 ? new Map<string, Uint8Array>() : await read(missing);
      const found = places.flatMap(([id, place]) => {
        const held = pending.get(place);
        const value = held === undefined ? stored.get(place) : held.value;
        return value === undefined ? [] : [[id, values.readKey(type, value)] as const];
      });
      return Object.fromEntries(found) as { [id: string]: KeyTypes[typeof type] };
    },
    async set(changes) {
      if (isForgotten) return;
      const changed = new Map<string, Uint8Array | undefined>();
      for (const [type, rows] of Object.entries(changes)) {
        for (const [id, value] of Object.entries(rows ?? {})) changed.set(recordOf(type, id), value ? values.key(value) : undefined);
      }
      if (countsPreKeys(changes)) {
        counters = countersOf(creds);
        changed.set(...credentials());
      }
      if (changed.size > 0) await queue.add(changed);
    },
    clear: () => records.clear(),
  };

  return {
    auth: { creds, keys },
    keepCredentials() {
      if (!creds.account || isForgotten) return;
      // whoever flushes hears of a failure
      queue.add(new Map([credentials()])).catch(() => {});
    },
    flush: () => queue.settled(),
    async forget() {
      isForgotten = true;
      await queue.settled().catch(() => {});
      await records.clear();
    },
    failed: queue.failed,
  };
}

function countersOf({ nextPreKeyId, firstUnuploadedPreKeyId }: Counters): Counters {
  return { nextPreKeyId, firstUnuploadedPreKeyId };
}

// one that only deletes what was used counts nothing
function countsPreKeys({ "pre-key": preKeys }: KeyChanges): boolean {
  if (preKeys === undefined) return false;
  const rows = Object.values(preKeys);
  return rows.length === 0 || rows.some(Boolean);
}
