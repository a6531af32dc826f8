import type { Changes } from "../auth/change-queue.ts";
import type { SignalRepository } from "../baileys/baileys.ts";

/** What a message was encrypted to, for one device. */
export type Sealed = Awaited<ReturnType<SignalRepository["encryptMessage"]>>;

/** What a message was encrypted to, for a group. */
export type GroupSealed = Awaited<ReturnType<SignalRepository["encryptGroupMessage"]>>;

/** A message on its way out: what it was encrypted to before, and what is to be stored of what it is encrypted to now. */
export interface Outgoing {
  /** What a device was sent before, by its address. */
  sealed(jid: string): Sealed | undefined;
  groupSealed(): GroupSealed | undefined;
  /** Notes what a device will be sent; answers what is stored together with the ratchet. */
  note(jid: string, sealed: Sealed): Changes;
  noteGroup(sealed: GroupSealed): Changes;
  /** What was noted is stored. */
  readonly stored: () => void;
}

/** Who hears of each message that is decrypted or encrypted. */
export interface SignalHooks {
  /** A ciphertext was decrypted; answers what is stored together with the ratchet. */
  opened(ciphertext: Uint8Array, plaintext: Uint8Array): Promise<Changes>;
  /** Takes a message, whether it was decrypted now or before. Baileys goes on with it, and with the next, when this resolves. */
  read(ciphertext: Uint8Array, plaintext: Uint8Array): Promise<void>;
  /** What a ciphertext said that cannot be decrypted now, where it was decrypted before. */
  openedBefore(ciphertext: Uint8Array): Promise<Uint8Array | undefined>;
  /** The message of ours that is being encrypted; absent for others, such as what a device asks for again. */
  outgoing(): Outgoing | undefined;
}
