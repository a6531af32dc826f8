import type { Engine } from "../engine/engine.ts";
import { isWadeskError } from "../errors/wadesk-error.ts";
import type { Connection } from "../model/connection.ts";
import { throwInOwnWords } from "../ports/in-own-words.ts";
import { messageOf } from "../runtime/live.ts";
import { isFailedReason } from "../status/connection-status.ts";
import { doesNotOpen } from "../vault/vault.ts";
import { applySignals } from "./update.ts";

/**
 * Runs a call to the vendor for one connection. A refusal that means the connection cannot work any longer turns its status at once, where it `counts` for this
 * call.
 */
export async function callVendor<Result>(
  engine: Engine,
  connection: Connection,
  call: () => Promise<Result>,
  counts: (code: string) => boolean = () => true,
): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    // neither a process without the key nor what may be tried again as it is says anything of the number
    if (isWadeskError(error) && isFailedReason(error.code) && error.remedy !== "retry" && counts(error.code) && !doesNotOpen(error))
      await markFailed(engine, connection, error.code);
    return throwInOwnWords(engine.channels.get(connection.channel), error);
  }
}

async function markFailed(engine: Engine, connection: Connection, code: Parameters<typeof isFailedReason>[0]): Promise<void> {
  if (!isFailedReason(code)) return;
  try {
    await applySignals(engine, connection, [{ type: "failed", code, at: engine.time.now(), epoch: connection.epoch }]);
  } catch (error) {
    // the vendor's refusal is what the caller must see
    engine.runtime.log.warn({ connectionId: connection.id, reason: messageOf(error) }, "a failed connection could not be marked as such");
  }
}
