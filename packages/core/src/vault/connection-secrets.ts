import { WadeskError } from "../errors/wadesk-error.ts";
import type { Fence, RecordStore, TimedValue } from "../ports/stores/record-store.ts";
import type { Vault } from "./vault.ts";

const CURRENT = "current";
/** How long a replaced secret still verifies webhooks, in milliseconds. */
export const REPLACED_SECRET_LIFE_MS: number = 24 * 60 * 60 * 1000;

/** Where a connection's secret belongs; sealed values open nowhere else. */
export interface SecretOwner {
  readonly connectionId: string;
  readonly channel: string;
}

/** What a secret was replaced by, both as they are stored. */
interface Replacement {
  readonly former: Uint8Array | undefined;
  readonly current: Uint8Array;
}

/** The sealed credentials of connections. */
export interface ConnectionSecrets {
  read(owner: SecretOwner): Promise<unknown>;
  /** The current one and those replaced within the last 24 hours, as far as they open. */
  readAll(owner: SecretOwner): Promise<readonly unknown[]>;
  write(owner: SecretOwner, secret: unknown, fence?: Fence): Promise<"written" | "fenced">;
  /** Keeps the one it replaces for 24 hours more, unopened: a reconnect is the way out when its key is lost. Answers what `restore` takes. */
  replace(owner: SecretOwner, secret: unknown, now: number, fence: Fence): Promise<Replacement>;
  /** Takes a replacement back, unless the secret was replaced once more since. */
  restore(owner: SecretOwner, replacement: Replacement, fence: Fence): Promise<void>;
  clear(connectionId: string): Promise<void>;
}

/** The namespace of a connection's sealed credentials. */
function secretNamespace(connectionId: string): string {
  return `secret/${connectionId}/`;
}

/** What a secret is sealed for. */
function secretBinding({ channel, connectionId }: SecretOwner): string {
  return `secret/${channel}/${connectionId}`;
}

/** Keeps connection credentials in a record store, sealed. */
export function createConnectionSecrets(records: RecordStore, vault: Vault): ConnectionSecrets {
  const encode = async (owner: SecretOwner, secret: unknown): Promise<TimedValue> => ({
    value: new TextEncoder().encode(await vault.seal(JSON.stringify(secret), secretBinding(owner))),
  });
  const open = async (owner: SecretOwner, value: Uint8Array): Promise<unknown> =>
    JSON.parse(await vault.open(new TextDecoder().decode(value), secretBinding(owner)));

  return {
    async read(owner) {
      const value = (await records.get(secretNamespace(owner.connectionId), [CURRENT])).get(CURRENT);
      return value === undefined ? undefined : open(owner, value);
    },
    async readAll(owner) {
      const namespace = secretNamespace(owner.connectionId);
      const keys = (await records.scan(namespace)).items.map((item) => item.key);
      const opened = [...(await records.get(namespace, keys))].map(async ([key, value]) => {
        if (key === CURRENT) return [await open(owner, value)];
        // a former one whose key is lost must not silence the one that replaced it
        return open(owner, value).then(
          (secret) => [secret],
          () => [],
        );
      });
      return (await Promise.all(opened)).flat();
    },
    write: async (owner, secret, fence) =>
      records.set(secretNamespace(owner.connectionId), new Map([[CURRENT, await encode(owner, secret)]]), fence),
    async replace(owner, secret, now, fence) {
      const namespace = secretNamespace(owner.connectionId);
      const former = (await records.get(namespace, [CURRENT])).get(CURRENT);
      const current = await encode(owner, secret);
      const changes = new Map<string, TimedValue>([[CURRENT, current]]);
      if (former !== undefined) changes.set(`replaced/${now}`, { value: former, expiresAt: now + REPLACED_SECRET_LIFE_MS });
      const result = await records.set(namespace, changes, fence).catch(async (error: unknown) => {
        // the answer alone may have been lost
        const before = new Map([...changes.keys()].map((key) => [key, key === CURRENT && former ? { value: former } : undefined]));
        await records.set(namespace, before, fence).catch(() => {});
        throw error;
      });
      if (result === "fenced") throw new WadeskError("lease_lost");
      return { former, current: current.value };
    },
    async restore(owner, { former, current }, fence) {
      const namespace = secretNamespace(owner.connectionId);
      const stored = (await records.get(namespace, [CURRENT])).get(CURRENT);
      // no two are sealed alike: this one is another attempt's, which was faster
      if (stored === undefined || !isSame(stored, current)) return;
      await records.set(namespace, new Map([[CURRENT, former && { value: former }]]), fence);
    },
    clear: (connectionId) => records.clear(secretNamespace(connectionId)),
  };
}

function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}
