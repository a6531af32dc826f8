import type { OpenSession } from "@wadesk/core/ports";

/** Closes a session at once when its lease is lost, also while it logs in. One that has ended by itself hears no more: the next is opened under the same signal. */
export function endWithLease(signal: AbortSignal, { ended, close }: Pick<OpenSession<unknown>, "ended" | "close">): void {
  const leave = (): void => void close().catch(() => {});
  signal.addEventListener("abort", leave, { once: true });
  ended.finally(() => signal.removeEventListener("abort", leave)).catch(() => {});
}
