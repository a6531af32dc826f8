import type { AuthState } from "../auth/auth-state.ts";
import type { SignalRepository, SocketConfig } from "../baileys/baileys.ts";
import type { SignalHooks } from "./signal-hooks.ts";
import { signalKeys } from "./signal-keys.ts";

/** Makes what encrypts and decrypts, as Baileys asks for it. */
export type MakeRepository = NonNullable<SocketConfig["makeSignalRepository"]>;

/** Who hears of what is encrypted and decrypted. */
export interface RepositoryListeners {
  readonly hooks?: SignalHooks;
  /** Hears of each try to decrypt, whatever came of it. */
  readonly attempted: (ciphertext: Uint8Array) => void;
}

/**
 * For Baileys 7.0.0-rc14, which sends a receipt when the ratchet is stored and the message is not, and lets the bytes of a message leave before its ratchet
 * is stored. Here a message is stored together with the ratchet, both ways, and `gatedSocket` keeps bytes back until it is. Once something could not be stored or read nothing settles any more:
 * Baileys would take it for a message that cannot be read, answer so, and lose it or its order.
 */
export function lastingRepository(make: MakeRepository, state: AuthState, { hooks, attempted }: RepositoryListeners): MakeRepository {
  const keys = signalKeys(state);
  const lasting = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      const result = await work;
      return state.hasFailed() ? await never() : result;
    } catch (error) {
      if (state.hasFailed()) return never();
      throw error;
    }
  };
  const open = async (ciphertext: Uint8Array, label: string, decrypt: () => Promise<Uint8Array>): Promise<Uint8Array> => {
    const plaintext = await keys
      .transaction(async () => {
        const opened = await decrypt();
        if (hooks !== undefined) keys.beside(await hooks.opened(ciphertext, opened));
        return opened;
      }, label)
      .catch(async (error: unknown) => {
        const before = state.hasFailed() ? undefined : await hooks?.openedBefore(ciphertext);
        if (before === undefined) throw error;
        return before;
      })
      .finally(() => attempted(ciphertext));
    await hooks?.read(ciphertext, plaintext);
    return plaintext;
  };

  return (auth, logger, phonesToLids) => {
    const inner = make({ creds: auth.creds, keys }, logger, phonesToLids);
    const encrypt: SignalRepository["encryptMessage"] = async (options) => {
      const outgoing = hooks?.outgoing();
      if (outgoing === undefined) return inner.encryptMessage(options);
      const before = outgoing.sealed(options.jid);
      if (before !== undefined) return before;
      return keys.transaction(async () => {
        const fresh = await inner.encryptMessage(options);
        keys.beside(outgoing.note(options.jid, fresh), outgoing.stored);
        return fresh;
      }, options.jid);
    };
    const encryptGroup: SignalRepository["encryptGroupMessage"] = async (options) => {
      const outgoing = hooks?.outgoing();
      if (outgoing === undefined) return inner.encryptGroupMessage(options);
      const before = outgoing.groupSealed();
      if (before !== undefined) return before;
      return keys.transaction(async () => {
        const fresh = await inner.encryptGroupMessage(options);
        keys.beside(outgoing.noteGroup(fresh), outgoing.stored);
        return fresh;
      }, options.group);
    };
    return {
      ...inner,
      decryptMessage: (options) =>
        lasting(open(options.ciphertext, options.jid, () => keys.onEachSession(() => inner.decryptMessage(options)))),
      decryptGroupMessage: (options) => lasting(open(options.msg, options.group, () => inner.decryptGroupMessage(options))),
      encryptMessage: (options) => lasting(encrypt(options)),
      encryptGroupMessage: (options) => lasting(encryptGroup(options)),
      processSenderKeyDistributionMessage: (options) => lasting(inner.processSenderKeyDistributionMessage(options)),
      getSenderKeyDistributionMessage: (options) => lasting(inner.getSenderKeyDistributionMessage(options)),
      hasSenderKey: (options) => lasting(inner.hasSenderKey(options)),
      getSessionInfo: (jid) => lasting(inner.getSessionInfo(jid)),
      injectE2ESession: (options) => lasting(inner.injectE2ESession(options)),
      validateSession: (jid) => lasting(inner.validateSession(jid)),
      deleteSession: (jids) => lasting(inner.deleteSession(jids)),
      migrateSession: (from, to) => lasting(inner.migrateSession(from, to)),
      lidMapping: lastingMapping(inner.lidMapping, lasting),
    };
  };
}

type Lasting = <Result>(work: Promise<Result>) => Promise<Result>;

// what encrypts asks the one below, within its turn, which has to end
function lastingMapping(inner: SignalRepository["lidMapping"], lasting: Lasting): SignalRepository["lidMapping"] {
  const over: Pick<
    SignalRepository["lidMapping"],
    "storeLIDPNMappings" | "getLIDForPN" | "getLIDsForPNs" | "getPNForLID" | "getPNsForLIDs"
  > = {
    storeLIDPNMappings: (pairs) => lasting(inner.storeLIDPNMappings(pairs)),
    getLIDForPN: (phone) => lasting(inner.getLIDForPN(phone)),
    getLIDsForPNs: (phones) => lasting(inner.getLIDsForPNs(phones)),
    getPNForLID: (lid) => lasting(inner.getPNForLID(lid)),
    getPNsForLIDs: (lids) => lasting(inner.getPNsForLIDs(lids)),
  };
  return Object.assign(Object.create(inner) as SignalRepository["lidMapping"], over);
}

function never(): Promise<never> {
  return new Promise(() => {});
}
