import { isWadeskError, WadeskError } from "@wadesk/core";
import type { ConnectContext } from "@wadesk/core/ports";
import type { TwilioSettings } from "../options.ts";

/** Runs one check as a visible step. A cancelled attempt rejects with `linking_cancelled`, whatever the check said. */
export async function step<Result>(context: ConnectContext<TwilioSettings>, name: string, work: () => Promise<Result>): Promise<Result> {
  await context.show({ type: "check", name, state: "running" });
  let result: Result;
  try {
    result = await work();
  } catch (error) {
    const failure = context.signal.aborted ? new WadeskError("linking_cancelled") : error;
    const detail = isWadeskError(failure) ? failure.message : "an unexpected error";
    // why it failed counts more than whether that could be shown
    await context.show({ type: "check", name, state: "failed", detail }).catch(() => undefined);
    throw failure;
  }
  await context.show({ type: "check", name, state: "passed" });
  return result;
}
