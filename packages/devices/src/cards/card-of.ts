import type { Connection, ConnectionFacts, ConnectionList } from "@wadesk/core";
import type { WireConnection, WireNotice } from "../wire/connection.ts";
import type { WireList } from "../wire/list.ts";

/** What is shown of a connection: facts and codes, and neither details nor routes, which are the channel's own. */
export function cardOf(row: Connection): WireConnection {
  const { id, channel, label, phone, region, primary, status, facts, advice, warnings, createdAt, connectedAt, lastSeenAt, version } = row;
  const { restriction } = status;
  return {
    id,
    channel,
    label,
    ...(phone !== undefined && { phone }),
    ...(region !== undefined && { region }),
    primary,
    status: {
      state: status.state,
      ...("reason" in status && { reason: status.reason }),
      since: status.since,
      ...(restriction && {
        restriction: { reason: restriction.reason, ...(restriction.until !== undefined && { until: restriction.until }) },
      }),
    },
    ...(facts && { facts: factsOf(facts) }),
    ...(advice && { advice: { text: advice.text, remedy: advice.remedy } }),
    warnings: warnings.map(noticeOf),
    createdAt,
    ...(connectedAt !== undefined && { connectedAt }),
    ...(lastSeenAt !== undefined && { lastSeenAt }),
    version,
  };
}

/** A code with its values and its sentence. */
export function noticeOf({ code, values, text }: WireNotice): WireNotice {
  return { code, ...(values && { values }), text };
}

/** A page of connections. */
export function listOf({ items, next, counts, regions, channel }: ConnectionList, now: number): WireList {
  return {
    now,
    channel,
    items: items.map(cardOf),
    ...(next !== undefined && { next }),
    counts: countsOf(counts),
    regions: regions.map(({ region, count }) => ({ region, count })),
  };
}

/** How many there are of each state. */
export function countsOf({ all, connected, pending, disconnected, failed }: ConnectionList["counts"]): WireList["counts"] {
  return { all, connected, pending, disconnected, failed };
}

const FACTS: Readonly<Record<keyof ConnectionFacts, true>> = {
  quality: true,
  messagingLimit: true,
  tokenExpiresAt: true,
  mode: true,
  account: true,
  given: true,
  accountOrigin: true,
  phoneSeenAt: true,
  webhookAt: true,
  historyProgress: true,
};

// a channel of somebody else's may have more in them than is ours to show
function factsOf(facts: ConnectionFacts): ConnectionFacts {
  return Object.fromEntries(Object.entries(facts).filter(([name, value]) => name in FACTS && value !== undefined));
}
