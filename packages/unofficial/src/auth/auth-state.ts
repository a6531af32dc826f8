import { isWadeskError } from "@wadesk/core";
import type { SealedRecords, SessionVoice } from "@wadesk/core/ports";
import type { AuthenticationState, Baileys, Credentials, KeyChanges, KeyStore, KeyTypes } from "../baileys/baileys.ts";
import type { FirstFailure } from "../watching/first-failure.ts";
import { batchedReads } from "./batched-reads.ts";
import { type Changes, createChangeQueue } from "./change-queue.ts";
import { recentRatchets } from "./recent-ratchets.ts";
import { CREDENTIALS_KEY, recordOf, recordValues } from "./record-values.ts";
import { sparingRecords } from "./sparing-records.ts";

/** What a device keeps: its credentials and keys, in the records of its connection. */
export interface AuthState extends Pick<FirstFailure, "whenFailed" | "unlessFailed"> {
  /** What `makeWASocket` takes. */
  readonly auth: AuthenticationState;
  /** Stores changed keys and other records of the connection in one transaction. Rejects where that has failed. */
  keep(keys: KeyChanges, beside: Changes): Promise<void>;
  /**
   * Stores other records of the connection with what is kept next, after five seconds, or when the session is left, whichever comes first; lost with a process
   * that is killed before.
   */
  keepLater(records: Changes): void;
  /** Reads other records of the connection, also what is on its way to the storage. */
  find(records: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /** Stores the credentials as they are now, after all that was stored before. Does nothing while the device is not linked: half of a link is none. */
  keepCredentials(): void;
  /** Resolves when all that was kept is stored; call it before the session is left. Rejects where a write has failed. */
  flush(): Promise<void>;
  /** The same where something is not stored yet; nothing where all is. */
  unstored(): Promise<void> | undefined;
  /** Deletes everything, and keeps nothing any more: Baileys goes on writing for a moment when its client has ended. */
  forget(): Promise<void>;
  /** From now on nothing is kept any more, for this reason, and the session has to be opened anew. */
  fail(reason: unknown): void;
  /** Whether something could not be stored or read. */
  hasFailed(): boolean;
  /** Resolves with the reason when something could not be stored or read: then the session has to be opened anew. */
  readonly failed: Promise<unknown>;
}

/** The clock by which what may wait is stored; without one it waits for what is kept next. */
type After = SessionVoice["after"];

const NOTHING: Changes = new Map();
/** So long what may wait does, in milliseconds. */
const LATER_MS = 5000;

type Counters = Pick<Credentials, "nextPreKeyId" | "firstUnuploadedPreKeyId">;

/** The state of the device that is linked. Nothing where there is none, or half of one. Rejects with `sealed_value_invalid` where it does not open. */
export async function storedAuthState(baileys: Baileys, stored: SealedRecords, after?: After): Promise<AuthState | undefined> {
  const records = sparingRecords(stored);
  const value = (await records.get([CREDENTIALS_KEY])).get(CREDENTIALS_KEY);
  if (value === undefined) return undefined;
  const credentials = recordValues(baileys).readCredentials(value);
  return credentials.account ? authState(baileys, records, { creds: credentials, after }) : undefined;
}

/** The state of a device that is not linked yet, with keys of its own. */
export function freshAuthState(baileys: Baileys, records: SealedRecords, after?: After): AuthState {
  return authState(baileys, sparingRecords(records), { creds: baileys.initAuthCreds(), after });
}

interface Parts {
  readonly creds: Credentials;
  readonly after: After | undefined;
}

function authState(baileys: Baileys, records: SealedRecords, { creds, after }: Parts): AuthState {
  const values = recordValues(baileys);
  const queue = createChangeQueue(records);
  const recent = recentRatchets();
  const readTogether = batchedReads(records);
  // what counts prekeys is stored together with them, or ids that WhatsApp has would be used again
  let counters = countersOf(creds);
  let isForgotten = false;
  let isDue = false;
  const credentials = (): readonly [string, Uint8Array] => [CREDENTIALS_KEY, values.credentials({ ...creds, ...counters })];

  // what cannot be read would pass for what is not there, and be begun anew
  const find = async (places: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> => {
    const pending = new Map(places.map((place) => [place, queue.pending(place)]));
    const missing = places.filter((place) => pending.get(place) === undefined);
    const found = new Map(missing.length === 0 ? [] : await readStored(missing));
    for (const [place, held] of pending) if (held?.value !== undefined) found.set(place, held.value);
    return found;
  };
  const readStored = (places: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> =>
    readTogether(places).catch((error: unknown) => {
      // one that is damaged is that one alone
      if (!isWadeskError(error, "sealed_value_invalid")) queue.fail(error);
      throw error;
    });
  const keep = async (changes: KeyChanges, beside: Changes): Promise<void> => {
    if (isForgotten) return;
    const changed = new Map(beside);
    for (const [type, rows] of Object.entries(changes)) {
      for (const [id, value] of Object.entries(rows ?? {})) {
        recent.note(type, recordOf(type, id), value);
        changed.set(recordOf(type, id), value ? values.key(value) : undefined);
      }
    }
    if (countsPreKeys(changes)) {
      counters = countersOf(creds);
      changed.set(...credentials());
    }
    if (changed.size > 0) await queue.add(changed);
  };

  const keys: KeyStore = {
    async get(type, ids) {
      const places = ids.map((id) => [id, recordOf(type, id)] as const);
      const known = new Map(places.map(([, place]) => [place, recent.read(type, place)]));
      const found = await find(places.flatMap(([, place]) => (known.get(place) === undefined ? [place] : [])));
      const read = places.flatMap(([id, place]) => {
        const written = known.get(place);
        const value = found.get(place);
        if (written !== undefined) return [[id, written.value] as const];
        return value === undefined ? [] : [[id, values.readKey(type, value)] as const];
      });
      return Object.fromEntries(read) as { [id: string]: KeyTypes[typeof type] };
    },
    set: (changes) => keep(changes, NOTHING),
    clear: () => records.clear(),
  };

  return {
    auth: { creds, keys },
    keep,
    keepLater(changes) {
      if (isForgotten) return;
      queue.addLater(changes);
      if (isDue || after === undefined) return;
      isDue = true;
      after(LATER_MS, () => {
        isDue = false;
        // whoever waits for the session hears of a failure
        queue.settled().catch(() => {});
      });
    },
    find,
    keepCredentials() {
      if (!creds.account || isForgotten) return;
      // whoever flushes hears of a failure
      queue.add(new Map([credentials()])).catch(() => {});
    },
    flush: () => queue.settled(),
    unstored: queue.unsettled,
    async forget() {
      isForgotten = true;
      recent.forget();
      await queue.settled().catch(() => {});
      await records.clear();
    },
    fail: queue.fail,
    hasFailed: queue.hasFailed,
    whenFailed: queue.whenFailed,
    unlessFailed: queue.unlessFailed,
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
