import type { Baileys } from "../baileys.ts";
import { emptyHash, mixHash } from "./lt-hash.ts";
import { type Mutation, openMutation, type SealedMutation, sealMutation, VALUE_MAC_BYTES } from "./mutation.ts";
import { patchMac, type SyncKey, snapshotMac } from "./sync-key.ts";

/** One of the five collections of an account's app state. */
export interface Collection {
  readonly name: string;
  /** Counts the patches. */
  readonly version: number;
  /** What is set now. */
  readonly entries: readonly Mutation[];
  /** Makes a patch of a phone's and applies it. */
  write(key: SyncKey, mutations: readonly Mutation[], now: number): void;
  /** Applies a client's patch. Throws, and changes nothing, when one of its MACs is wrong or its key is none of the account's. */
  apply(patch: Uint8Array, keyOf: (id: Uint8Array) => SyncKey): readonly Mutation[];
  /** The patches after a version, the oldest first. */
  since(version: number): readonly Uint8Array[];
  /** Everything at once: `SyncdSnapshot`. */
  snapshot(key: SyncKey): Uint8Array;
}

interface State {
  readonly version: number;
  readonly hash: Buffer;
  readonly records: ReadonlyMap<string, { readonly sealed: SealedMutation; readonly mutation: Mutation }>;
}

/** A collection without anything. */
export function collection(baileys: Baileys, name: string): Collection {
  const { SyncdPatch, SyncdSnapshot, SyncdMutation } = baileys.proto;
  const { REMOVE } = SyncdMutation.SyncdOperation;
  const patches: Uint8Array[] = [];
  let state: State = { version: 0, hash: emptyHash(), records: new Map() };

  const next = (all: readonly { readonly sealed: SealedMutation; readonly mutation: Mutation }[]): State => {
    const records = new Map(state.records);
    const removed: Buffer[] = [];
    const added: Buffer[] = [];
    for (const each of all) {
      const index = each.sealed.indexMac.toString("hex");
      const before = records.get(index);
      if (before !== undefined) removed.push(macOf(before.sealed));
      if (each.sealed.isRemoved) records.delete(index);
      else {
        added.push(macOf(each.sealed));
        records.set(index, each);
      }
    }
    return { version: state.version + 1, hash: mixHash(state.hash, removed, added), records };
  };

  return {
    name,
    get version() {
      return state.version;
    },
    get entries() {
      return [...state.records.values()].map(({ mutation }) => mutation);
    },
    write: (key, mutations, now) => {
      const all = mutations.map((mutation) => ({ mutation, sealed: sealMutation(baileys, key, mutation, now) }));
      const after = next(all);
      const mac = snapshotMac(key, after.hash, after.version, name);
      const values = all.map(({ sealed }) => macOf(sealed));
      const patch = {
        version: { version: after.version },
        mutations: all.map(({ sealed }) => ({ operation: sealed.isRemoved ? 1 : 0, record: recordOf(sealed) })),
        snapshotMac: mac,
        patchMac: patchMac(key, mac, values, after.version, name),
        keyId: { id: key.id },
        deviceIndex: 0,
      };
      patches.push(SyncdPatch.encode(patch).finish());
      state = after;
    },
    apply: (bytes, keyOf) => {
      const patch = SyncdPatch.decode(bytes);
      const all = (patch.mutations ?? []).map(({ operation, record }) => {
        const sealed = sealedOf(operation === REMOVE, record);
        return { sealed, mutation: openMutation(baileys, keyOf(sealed.keyId), sealed) };
      });
      const after = next(all);
      const key = keyOf(patch.keyId?.id ?? new Uint8Array());
      const mac = snapshotMac(key, after.hash, after.version, name);
      if (!mac.equals(patch.snapshotMac ?? new Uint8Array())) throw new Error("the MAC of the snapshot is wrong");
      const values = all.map(({ sealed }) => macOf(sealed));
      if (!patchMac(key, mac, values, after.version, name).equals(patch.patchMac ?? new Uint8Array())) {
        throw new Error("the MAC of the patch is wrong");
      }
      // a client does not number its patches: others are told
      patches.push(SyncdPatch.encode({ ...patch, version: { version: after.version } }).finish());
      state = after;
      return all.map(({ mutation }) => mutation);
    },
    since: (version) => patches.slice(version),
    snapshot: (key) =>
      SyncdSnapshot.encode({
        version: { version: state.version },
        records: [...state.records.values()].map(({ sealed }) => recordOf(sealed)),
        mac: snapshotMac(key, state.hash, state.version, name),
        keyId: { id: key.id },
      }).finish(),
  };
}

function macOf({ value }: SealedMutation): Buffer {
  return value.subarray(-VALUE_MAC_BYTES);
}

function recordOf({ indexMac, value, keyId }: SealedMutation) {
  return { index: { blob: indexMac }, value: { blob: value }, keyId: { id: keyId } };
}

function sealedOf(
  isRemoved: boolean,
  record:
    | {
        readonly index?: { readonly blob?: Uint8Array | null } | null;
        readonly value?: { readonly blob?: Uint8Array | null } | null;
        readonly keyId?: { readonly id?: Uint8Array | null } | null;
      }
    | null
    | undefined,
): SealedMutation {
  const [indexMac, value, keyId] = [record?.index?.blob, record?.value?.blob, record?.keyId?.id].map((each) =>
    Buffer.from(each ?? new Uint8Array()),
  ) as [Buffer, Buffer, Buffer];
  return { isRemoved, indexMac, value, keyId };
}
