import type { HealthReport } from "@wadesk/core/ports";
import type { BridgedNumber } from "../bridge-protocol/messages/calls.ts";

/** How a number is, as a session in the app's process would report it. `now` is in milliseconds since the epoch. */
export function healthOf({ status, seenMsAgo }: Pick<BridgedNumber, "status" | "seenMsAgo">, now: number): readonly HealthReport[] {
  const limit: HealthReport =
    status.restriction === undefined ? { type: "unrestricted", at: now } : { type: "restricted", ...status.restriction, at: now };
  switch (status.state) {
    case "connected":
      return [{ type: "alive", at: now - Math.max(0, seenMsAgo) }, limit];
    case "pending":
      return [{ type: "step", step: status.reason, at: now }];
    case "failed":
      return [{ type: "failed", code: status.reason, at: now }, limit];
    case "disconnected":
      // nothing is said of one that is silent, so that it is found silent here
      if (status.reason === "silent") return [];
      // who asked for it was no admin of this app's, or this app would know
      return [{ type: "closed", reason: status.reason === "requested" ? "unlinked" : status.reason, at: now }];
    default:
      // a state of another version
      return [];
  }
}
