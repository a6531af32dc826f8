import { WadeskError } from "../errors/wadesk-error.ts";
import type { Clock } from "./clock.ts";

/** What `work` answers. Rejects with `storage_unavailable` once the limit (milliseconds) has passed; what comes after that is dropped. */
export async function within<Result>(clock: Clock, limitMs: number, work: Promise<Result>): Promise<Result> {
  const late = Promise.withResolvers<never>();
  const giveUp = (): void => late.reject(new WadeskError("storage_unavailable", { detail: `no answer within ${limitMs / 1000} seconds` }));
  const cancel = clock.after(limitMs, giveUp, "hold");
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    cancel();
  }
}
