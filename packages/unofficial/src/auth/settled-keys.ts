import type { KeyStore } from "../baileys/baileys.ts";
import type { AuthState } from "./auth-state.ts";

/**
 * For Baileys 7.0.0-rc14. Where a store fails it answers WhatsApp that a message could not be handled, and goes on; that message never comes again. Here,
 * once something could not be stored or read, nothing settles any more: the client is being ended, and what it has not acknowledged comes to the next.
 */
export function settledKeys({ auth: { keys }, hasFailed }: Pick<AuthState, "auth" | "hasFailed">): KeyStore {
  const settled = async <Result>(work: () => Result | Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      if (hasFailed()) return new Promise<never>(() => {});
      throw error;
    }
  };
  return { ...keys, get: (type, ids) => settled(() => keys.get(type, ids)), set: (changes) => settled(() => keys.set(changes)) };
}
