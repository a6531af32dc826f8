import { WadeskError } from "../errors/wadesk-error.ts";
import type { SealedRecords } from "../ports/context.ts";
import type { Fence, RecordStore } from "../ports/stores/record-store.ts";
import type { SecretOwner } from "./connection-secrets.ts";
import { type RecordCipher, recordCipher } from "./record-cipher.ts";
import type { Vault } from "./vault.ts";

const DATA_KEY = "key";

/** The namespace of a connection's data key. */
export function dataKeyNamespace(connectionId: string): string {
  return `data-key/${connectionId}/`;
}

/** What a data key is sealed for. */
function dataKeyBinding({ channel, connectionId }: SecretOwner): string {
  return `data-key/${channel}/${connectionId}`;
}

/** The namespace of a connection's own records. */
export function recordNamespace(connectionId: string): string {
  return `record/${connectionId}/`;
}

/** The namespace of the records that a number being paired again has until it is. */
export function stagedNamespace(connectionId: string): string {
  return `staged/${connectionId}/`;
}

/** Where records lie, and the lease under which alone they are written. */
export interface RecordPlace {
  readonly fence?: Fence;
  /** The connection's own, unless it says another. */
  readonly namespace?: string;
}

/**
 * A connection's own records under AES-256-GCM with a data key per connection, which alone is sealed as JWE: a channel keeps many small
 * values, and a JWE each would cost twenty times as much.
 */
export function createSealedRecords(records: RecordStore, vault: Vault, owner: SecretOwner, place: RecordPlace = {}): SealedRecords {
  const { fence, namespace = recordNamespace(owner.connectionId) } = place;
  let loading: Promise<RecordCipher> | undefined;
  const loaded = (): Promise<RecordCipher> => {
    // a load that failed is tried again: a session's records live long
    loading ??= loadCipher(records, vault, owner).catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  const written = (result: "written" | "fenced"): void => {
    if (result === "fenced") throw new WadeskError("lease_lost");
  };

  return {
    async get(keys) {
      const stored = await records.get(namespace, keys);
      if (stored.size === 0) return new Map<string, Uint8Array>();
      const cipher = await loaded();
      // what goes through a thread waits side by side for one turn of the event loop
      return new Map(await Promise.all([...stored].map(async ([name, value]) => [name, await cipher.open(name, value)] as const)));
    },
    async set(changes) {
      const cipher = await loaded();
      const sealed = [...changes].map(async ([name, change]) => {
        const timed = change !== undefined && ArrayBuffer.isView(change) ? { value: change } : change;
        return [name, timed && { ...timed, value: await cipher.seal(name, timed.value) }] as const;
      });
      written(await records.set(namespace, new Map(await Promise.all(sealed)), fence));
    },
    list: (page) => records.list(namespace, page),
    clear: () => records.clear(namespace),
  };
}

async function loadCipher(records: RecordStore, vault: Vault, owner: SecretOwner): Promise<RecordCipher> {
  const namespace = dataKeyNamespace(owner.connectionId);
  const binding = dataKeyBinding(owner);
  const read = async (): Promise<Uint8Array | undefined> => (await records.get(namespace, [DATA_KEY])).get(DATA_KEY);
  let stored = await read();
  if (stored === undefined) {
    const fresh = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));
    await records.insert(namespace, DATA_KEY, new TextEncoder().encode(await vault.seal(fresh, binding)));
    // of two that make one at the same time the first one's counts
    stored = await read();
  }
  if (stored === undefined) throw new WadeskError("sealed_value_invalid");
  const bytes = Uint8Array.from(atob(await vault.open(new TextDecoder().decode(stored), binding)), (letter) => letter.charCodeAt(0));
  return recordCipher(bytes);
}
