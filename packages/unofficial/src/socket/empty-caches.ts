import type { Socket } from "../baileys/baileys.ts";

/**
 * For Baileys 7.0.0-rc14. A client empties its caches of LIDs when it ends; what was under way then fills them again, and each entry has a timer of three days
 * that keeps its cache. Call it when the client has ended and what it kept is stored.
 */
export function emptyCaches({ signalRepository }: Pick<Socket, "signalRepository">): void {
  signalRepository.close?.();
}
