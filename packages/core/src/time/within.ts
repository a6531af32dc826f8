import { WadeskError } from "../errors/wadesk-error.ts";
import type { Clock } from "./clock.ts";

/** What `work` answers. Rejects with `storage_unavailable` once the limit (milliseconds) has passed; what comes after that is dropped. */
export function within<Result>(clock: Clock, limitMs: number, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(new WadeskError("storage_unavailable", { detail: `no answer within ${limitMs / 1000} seconds` }));
    const cancel = clock.after(limitMs, giveUp, "hold");
    work.then(
      (result) => {
        cancel();
        resolve(result);
      },
      (error: unknown) => {
        cancel();
        reject(error);
      },
    );
  });
}
