import type { ChannelContext, StrayNumber } from "@wadesk/core/ports";
import type { BridgedNumber } from "../../bridge-protocol/messages/calls.ts";
import type { BridgeReport } from "../../bridge-protocol/messages/reports.ts";
import { askBridge } from "./ask-bridge.ts";
import type { BridgedSettings } from "../bridged-options.ts";

/** Far below what a bridge waits for the answer to its report, in milliseconds. */
const WITHIN_MS = 8000;

/**
 * Tells a bridge what becomes of numbers that it reported and nobody here uses: what has ended meanwhile is logged out, and what is unknown is stopped, by calls that
 * are signed as any other. Rejects with `bridge_unreachable` where it cannot be told, and then it reports them again.
 */
export async function tellStrays(
  strays: readonly StrayNumber[],
  report: BridgeReport,
  bridge: string,
  context: ChannelContext<BridgedSettings>,
): Promise<void> {
  const numbers = new Map("numbers" in report ? report.numbers.map((number) => [number.route, number]) : []);
  const asking = { ...context, bridge, timeoutMs: WITHIN_MS, signal: new AbortController().signal };
  await Promise.all(
    strays.map(async ({ route, endedAt }) => {
      const number = numbers.get(route);
      // a number that was logged out is reported for a while yet
      if (number === undefined || isLoggedOut(number)) return;
      if (endedAt !== undefined) {
        await askBridge(asking, "disconnect", { route, endedMsAgo: Math.max(0, context.now() - endedAt) });
        return;
      }
      if (number.status.state === "connected")
        context.log.warn(
          { bridge, route },
          "a bridge keeps a number that no connection here has, and was told to stop it. Link it again, or remove the device on the phone",
        );
      await askBridge(asking, "stop", { route });
    }),
  );
}

function isLoggedOut({ status }: BridgedNumber): boolean {
  return status.state === "disconnected" && status.reason === "requested";
}
