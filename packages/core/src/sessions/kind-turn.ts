import type { ChannelSession } from "../ports/session.ts";
import type { Fence, LeaseStore } from "../ports/stores/record-store.ts";
import { PRESENCE_MS } from "../runtime/sessions/presence.ts";

/** Whether it is this process's turn to hold sessions of a kind. Where one process holds them all, a lease of the kind's own decides who. */
export interface KindTurn {
  /** Whether each process holds a part. */
  readonly isShared: boolean;
  /** Whether another process had them all when it was last asked. */
  readonly standsBy: boolean;
  /** Asks for it, or keeps it. */
  isOurs(process: string): Promise<boolean>;
  /** Leaves it to others. */
  giveUp(): Promise<void>;
}

/** The turn of a kind; nobody's yet. */
export function kindTurn(leases: LeaseStore, kind: string, sharing: ChannelSession<unknown, unknown, unknown>["sharing"]): KindTurn {
  const isShared = sharing === "shared";
  let fence: Fence | undefined;
  return {
    isShared,
    get standsBy() {
      return !isShared && fence === undefined;
    },
    async isOurs(process) {
      if (isShared) return true;
      if (fence !== undefined && (await leases.renew(fence, PRESENCE_MS)) === "lost") fence = undefined;
      fence ??= await leases.acquire(`sessions/${kind}`, process, PRESENCE_MS);
      return fence !== undefined;
    },
    async giveUp() {
      if (fence !== undefined) await leases.release(fence).catch(() => {});
      fence = undefined;
    },
  };
}
