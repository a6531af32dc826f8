import type { ConnectContext, SessionVoice } from "@wadesk/core/ports";
import type { SocketEvents } from "../baileys/baileys.ts";

/** So long after the last piece of history a phone has nothing more to tell for now, in milliseconds. */
const QUIET_MS = 5000;

/** Follows how a phone tells a new device its history. */
export interface SyncWatch {
  hear(batch: Partial<SocketEvents>): void;
  /** Shows how far it is, and resolves when it is through, or when nothing came for five seconds. */
  done(): Promise<void>;
}

/** Begins to follow it. */
export function watchSync({ show }: Pick<ConnectContext<unknown>, "show">, after: SessionVoice["after"]): SyncWatch {
  const through = Promise.withResolvers<void>();
  let percent = 0;
  let shown: Promise<void> = Promise.resolve();
  let isAwaited = false;
  let cancel = (): void => {};
  const wait = (): void => {
    cancel();
    cancel = after(QUIET_MS, through.resolve, "hold");
  };
  const tell = (): void => {
    shown = shown.then(() => show({ type: "step", step: "syncing", percent }));
    shown.catch(through.reject);
  };
  through.promise.catch(() => {});
  return {
    hear(batch) {
      const { progress } = batch["messaging-history.set"] ?? {};
      if (progress === undefined || progress === null) return;
      percent = Math.max(percent, progress);
      if (isAwaited) {
        tell();
        wait();
      }
      if (percent >= 100) through.resolve();
    },
    async done() {
      isAwaited = true;
      tell();
      wait();
      try {
        await through.promise;
        await shown;
      } finally {
        cancel();
      }
    },
  };
}
