import { isWadeskError, WadeskError } from "../errors/wadesk-error.ts";
import type { ConnectContext } from "../ports/context.ts";

/**
 * Runs one part of a connect as a check that a person sees. A cancelled attempt rejects with `linking_cancelled`, whatever the work said. `after` is told
 * the result once it was shown, and whether showing it failed, so that what was done can be undone.
 */
export async function step<Result>(
  context: Pick<ConnectContext<unknown>, "show" | "signal">,
  name: string,
  work: () => Promise<Result>,
  after?: (result: Result, failed: boolean) => Promise<void>,
): Promise<Result> {
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
  try {
    await context.show({ type: "check", name, state: "passed" });
  } catch (error) {
    await after?.(result, true);
    throw error;
  }
  await after?.(result, false);
  return result;
}
