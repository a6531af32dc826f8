import type { Connection } from "@wadesk/core";
import type { BridgedNumber } from "../../bridge-protocol/messages/calls.ts";
import type { UnofficialDetails } from "../../details.ts";

/** How a number of the bridge is, as the app is told. `now` is in milliseconds since the epoch. */
export function standingOf(connection: Connection<UnofficialDetails>, now: number): BridgedNumber {
  const { route, phone, status, details, facts, warnings, lastSeenAt, connectedAt } = connection;
  const { webhookAt: _own, ...known } = facts ?? {};
  return {
    route,
    ...(phone !== undefined && { phone }),
    status,
    seenMsAgo: Math.max(0, now - (lastSeenAt ?? connectedAt ?? status.since)),
    details,
    ...(facts !== undefined && { facts: known }),
    warnings,
  };
}
