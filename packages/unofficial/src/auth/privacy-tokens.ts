import type { KeyStore, Socket } from "../baileys/baileys.ts";

/** What of a client's keys is mended. */
export interface TokenKeeping {
  /** The store itself. */
  readonly store: Pick<KeyStore, "set">;
  /** Whether the work at hand is the sending of a message. */
  readonly isSending: () => boolean;
  /** Milliseconds since the epoch by the machine's clock, which Baileys goes by. */
  readonly now: () => number;
}

/** WhatsApp counts tokens by weeks; in seconds (`TC_TOKEN_BUCKET_DURATION` of Baileys 7.0.0-rc14). */
const WEEK_SECONDS = 604_800;
/** Where Baileys keeps which tokens there are. */
const INDEX = "__index";

/**
 * For Baileys 7.0.0-rc14. What it stores of a privacy token that it has just given is lost: the work begins inside the transaction of a send and ends after it,
 * so what it sets goes into a transaction that nobody commits any more. Every message then gives a token again, which WhatsApp counts. Here tokens are
 * written to the store itself, and into the transaction as well; and that one will be given is on its way to the storage before the message leaves, after
 * which Baileys gives it, so that whoever stops in between gives no second one.
 */
export function keepPrivacyTokens({ authState: { keys } }: Pick<Socket, "authState">, { store, isSending, now }: TokenKeeping): void {
  const [get, set] = [keys.get.bind(keys), keys.set.bind(keys)];
  const weekOf = (seconds: number): number => Math.floor(seconds / WEEK_SECONDS);
  keys.get = async (type, ids) => {
    const found = await get(type, ids);
    const [id] = ids;
    if (type !== "tctoken" || id === undefined || id === INDEX || !isSending()) return found;
    const seconds = Math.floor(now() / 1000);
    const token = (found as Awaited<ReturnType<typeof get<"tctoken">>>)[id];
    if (token?.senderTimestamp !== undefined && weekOf(token.senderTimestamp) >= weekOf(seconds)) return found;
    // nobody waits for it: the socket keeps the message back until it is stored
    Promise.resolve(store.set({ tctoken: { [id]: { token: Buffer.alloc(0), ...token, senderTimestamp: seconds } } })).catch(() => {});
    return found;
  };
  keys.set = async (changes) => {
    if (changes.tctoken !== undefined) await store.set({ tctoken: changes.tctoken });
    await set(changes);
  };
}
