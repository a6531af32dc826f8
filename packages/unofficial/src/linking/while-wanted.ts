import { WadeskError } from "@wadesk/core";

/** Waits for work. Rejects with `linking_cancelled` as soon as nobody wants it any more. */
export async function whileWanted<Result>({ signal }: { readonly signal: AbortSignal }, work: Promise<Result>): Promise<Result> {
  const cancelled = Promise.withResolvers<never>();
  const cancel = (): void => cancelled.reject(new WadeskError("linking_cancelled"));
  signal.addEventListener("abort", cancel, { once: true });
  if (signal.aborted) cancel();
  work.catch(() => {});
  try {
    return await Promise.race([work, cancelled.promise]);
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}
