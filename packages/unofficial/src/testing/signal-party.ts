import { Curve, generateSignalPubKey, initAuthCreds } from "@whiskeysockets/baileys";
import { type AuthState, freshAuthState } from "../auth/auth-state.ts";
import { loadBaileys, type SignalRepository } from "../baileys/baileys.ts";
import { lastingRepository, type RepositoryListeners } from "../signal/lasting-repository.ts";
import { type MemoryRecords, memoryRecords } from "./memory-records.ts";

/** What somebody begins a session with, as WhatsApp hands it out. */
type Bundle = Parameters<SignalRepository["injectE2ESession"]>[0]["session"];

/** A device with keys of its own, whose repository is ours or Baileys' own. */
export interface SignalParty {
  readonly state: AuthState;
  readonly records: MemoryRecords;
  readonly signal: SignalRepository;
  /** What another one begins a session with; another one-time prekey each time. */
  bundle(): Promise<Bundle>;
}

const silent = { level: "silent", child: () => silent, trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** Makes one. */
export async function signalParty(kind: "ours" | "bare", listeners: RepositoryListeners = { attempted: () => {} }): Promise<SignalParty> {
  const baileys = await loadBaileys();
  const records = memoryRecords();
  const state = freshAuthState(baileys, records);
  Object.assign(state.auth.creds, initAuthCreds(), { account: { details: Buffer.from("signed") } });
  const { creds, keys } = state.auth;
  const make = baileys.DEFAULT_CONNECTION_CONFIG.makeSignalRepository;
  const transacted = baileys.addTransactionCapability(keys, silent, { maxCommitRetries: 1, delayBetweenTriesMs: 0 });
  const signal = (kind === "ours" ? lastingRepository(make, state, listeners) : make)({ creds, keys: transacted }, silent);
  let preKeyId = 0;
  return {
    state,
    records,
    signal,
    async bundle() {
      preKeyId += 1;
      const preKey = Curve.generateKeyPair();
      await keys.set({ "pre-key": { [preKeyId]: preKey } });
      const { signedPreKey, signedIdentityKey, registrationId } = creds;
      return {
        registrationId,
        identityKey: generateSignalPubKey(signedIdentityKey.public),
        signedPreKey: {
          keyId: signedPreKey.keyId,
          publicKey: generateSignalPubKey(signedPreKey.keyPair.public),
          signature: signedPreKey.signature,
        },
        preKey: { keyId: preKeyId, publicKey: generateSignalPubKey(preKey.public) },
      };
    },
  };
}

/** How one writes to the other, each by the address that it knows the other under. */
export async function says(from: SignalParty, toJid: string, to: SignalParty, fromJid: string, words: string): Promise<string> {
  const { type, ciphertext } = await from.signal.encryptMessage({ jid: toJid, data: Buffer.from(words) });
  return Buffer.from(await to.signal.decryptMessage({ jid: fromJid, type, ciphertext })).toString();
}
