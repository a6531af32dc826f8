import { AsyncLocalStorage } from "node:async_hooks";
import type { AuthState } from "../auth/auth-state.ts";
import type { Changes } from "../auth/change-queue.ts";
import type { KeyChanges, KeyTypes, TransactedKeys } from "../baileys/baileys.ts";
import { readJid } from "../numbers/jid.ts";
import { withLateKeys } from "./late-keys.ts";
import { withoutPassedKeys } from "./passed-keys.ts";
import { createPersonLocks } from "./person-locks.ts";
import { type SessionView, sessionView } from "./session-view.ts";

/** The keys below what encrypts and decrypts. What a transaction has changed is on its way to the storage when it resolves, and read by those that follow. */
export interface SignalKeys extends TransactedKeys {
  /** Stores records of the connection together with what the transaction under way changes, and tells when that is stored. */
  beside(changes: Changes, stored?: () => void): void;
  /**
   * For libsignal 6.0.0, which tries a message on each session with its sender, and stores those that it moved in vain along with the one that fits: what is
   * encrypted in them can be read by nobody. Runs work of the transaction under way on one session after the other until it resolves; the others stay.
   */
  onEachSession<Result>(work: () => Promise<Result>): Promise<Result>;
}

type Rows = Map<string, unknown>;
interface Held {
  readonly types: Map<string, Rows>;
  readonly beside: Map<string, Changes extends ReadonlyMap<string, infer Change> ? Change : never>;
  readonly listeners: (() => void)[];
  isOver: boolean;
  view?: SessionView;
}

const KNOWN_LIDS = 5000;
const PHONES: ReadonlySet<string> = new Set(["s.whatsapp.net", "hosted"]);
const PEOPLE: ReadonlySet<string> = new Set([...PHONES, "lid", "hosted.lid"]);

/**
 * For Baileys 7.0.0-rc14, which commits what a send has changed after its bytes have left, and locks by the address that a message came under, so that one
 * person's session may be written by number and by LID at once (Baileys#2811). Here each transaction holds the person, by LID where that is known, until
 * its changes are on their way, whichever other transaction it runs in; `gatedSocket` keeps the bytes back until they are stored.
 */
export function signalKeys({ auth: { keys }, keep }: Pick<AuthState, "auth" | "keep">): SignalKeys {
  const under = new AsyncLocalStorage<Held>();
  const locks = createPersonLocks();
  const lids = new Map<string, string>();
  const held = (): Held | undefined => {
    const one = under.getStore();
    // work that nobody waited for goes on after its transaction is stored
    return one?.isOver ? undefined : one;
  };
  const learn = (rows: Readonly<Record<string, unknown>> | undefined): void => {
    for (const [user, lid] of Object.entries(rows ?? {})) {
      if (typeof lid !== "string" || user.endsWith("_reverse")) continue;
      lids.set(user, lid);
      if (lids.size > KNOWN_LIDS) lids.delete(lids.keys().next().value ?? "");
    }
  };
  const personOf = async (label: string): Promise<string> => {
    const migrated = /^migrate-\d+-sessions-(.+)$/.exec(label)?.[1];
    if (migrated !== undefined) return migrated;
    const jid = readJid(label);
    if (jid === undefined || !PEOPLE.has(jid.server)) return label;
    if (!PHONES.has(jid.server)) return jid.user;
    if (!lids.has(jid.user)) learn(await keys.get("lid-mapping", [jid.user]));
    return lids.get(jid.user) ?? jid.user;
  };

  return {
    async get<Type extends keyof KeyTypes>(type: Type, ids: string[]) {
      const rows = held()?.types.get(type);
      const missing = ids.filter((id) => !rows?.has(id));
      const stored: { [id: string]: KeyTypes[Type] } = missing.length === 0 ? {} : await keys.get(type, missing);
      if (type === "lid-mapping") learn(stored);
      const changed = ids.flatMap((id) => {
        const value = rows?.get(id);
        return value === undefined || value === null ? [] : [[id, value] as const];
      });
      const found = { ...stored, ...(Object.fromEntries(changed) as { [id: string]: KeyTypes[Type] }) };
      if (type === "sender-key")
        return Object.fromEntries(Object.entries(found).map(([id, record]) => [id, withLateKeys(record)])) as typeof found;
      const view = type === "session" ? held()?.view : undefined;
      return view === undefined ? found : (view.narrow(found) as typeof found);
    },
    async set(given) {
      const changes = sparing(given);
      learn(changes["lid-mapping"]);
      const one = held();
      if (one === undefined) return keys.set(changes);
      for (const [type, rows] of Object.entries(changes)) {
        const before = one.types.get(type) ?? new Map<string, unknown>();
        for (const [id, value] of Object.entries(rows ?? {}))
          before.set(id, type === "session" && one.view ? one.view.widen(id, value) : value);
        one.types.set(type, before);
      }
    },
    isInTransaction: () => held() !== undefined,
    beside(changes, stored) {
      const one = held();
      if (one === undefined) throw new Error("there is no transaction under way");
      if (stored !== undefined) one.listeners.push(stored);
      for (const [key, change] of changes) one.beside.set(key, change);
    },
    async onEachSession(work) {
      const one = held();
      if (one === undefined) throw new Error("there is no transaction under way");
      const before = new Map([...one.types].map(([type, rows]) => [type, new Map(rows)]));
      const failures: unknown[] = [];
      for (let index = 0, count = 1; index < count; index += 1) {
        const view = sessionView(index);
        one.view = view;
        try {
          return await work();
        } catch (error) {
          failures.push(error);
          one.types.clear();
          for (const [type, rows] of before) one.types.set(type, new Map(rows));
        } finally {
          count = view.count();
          delete one.view;
        }
      }
      throw failures[0];
    },
    async transaction(work, label) {
      if (held() !== undefined) return work();
      const mine: Held = { types: new Map(), beside: new Map(), listeners: [], isOver: false };
      return locks.during(
        () => personOf(label),
        () =>
          under.run(mine, async () => {
            try {
              const result = await work();
              // it is read from the queue from here on; whoever hears of a failure is the client, which ends
              keep(changesOf(mine), mine.beside).then(
                () => {
                  for (const stored of mine.listeners) stored();
                },
                () => {},
              );
              return result;
            } finally {
              mine.isOver = true;
            }
          }),
      );
    },
  };
}

function sparing(changes: KeyChanges): KeyChanges {
  const { "sender-key": chains } = changes;
  if (chains === undefined) return changes;
  const spared = Object.entries(chains).map(([id, record]) => [id, withoutPassedKeys(record)] as const);
  return { ...changes, "sender-key": Object.fromEntries(spared) } as KeyChanges;
}

function changesOf({ types }: Held): KeyChanges {
  return Object.fromEntries([...types].map(([type, rows]) => [type, Object.fromEntries(rows)])) as KeyChanges;
}
