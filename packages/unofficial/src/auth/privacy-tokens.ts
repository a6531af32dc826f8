import type { KeyStore, Socket } from "../baileys/baileys.ts";

/**
 * For Baileys 7.0.0-rc14. What it stores of a privacy token that it has just given is lost: the work begins inside the transaction of a send and ends after it,
 * so what it sets goes into a transaction that nobody commits any more. Every message then gives a token again, which WhatsApp counts. Here tokens are
 * written to the store itself, and into the transaction as well.
 */
export function keepPrivacyTokens({ authState: { keys } }: Pick<Socket, "authState">, store: Pick<KeyStore, "set">): void {
  const set = keys.set.bind(keys);
  keys.set = async (changes) => {
    if (changes.tctoken !== undefined) await store.set({ tctoken: changes.tctoken });
    await set(changes);
  };
}
