import type { WireConnection, WireCounts, WireLink, WireList, WireSetup } from "@wadesk/devices";

/** The server's now in every picture. */
export const NOW: number = Date.UTC(2026, 5, 3, 14, 32);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A connection of a linked phone; `status` and the like in place of one that is well. */
export function phone(id: string, label: string, number: string, region: string, changes: Partial<WireConnection> = {}): WireConnection {
  return {
    id,
    channel: "unofficial",
    label,
    phone: number,
    region,
    primary: false,
    status: { state: "connected", since: NOW - 30 * DAY },
    warnings: [],
    createdAt: NOW - 90 * DAY,
    connectedAt: NOW - 83 * DAY,
    lastSeenAt: NOW - 2000,
    version: 1,
    ...changes,
  };
}

const since = (state: WireConnection["status"]["state"], reason: string, ago: number): Pick<WireConnection, "status"> => ({
  status: { state, reason, since: NOW - ago },
});

/** A phone in every state. */
export const PHONES: readonly WireConnection[] = [
  phone("sales", "Sales line", "+5511999990000", "BR", { primary: true }),
  phone("support", "Support", "+5511988880000", "BR", { lastSeenAt: NOW - 25_000 }),
  phone("campaigns", "Campaigns", "+525550000000", "MX", {
    status: { state: "connected", since: NOW - DAY, restriction: { reason: "new_chats_locked", until: NOW + 3 * HOUR } },
  }),
  phone("front", "Front desk", "+5521977770000", "BR", {
    lastSeenAt: NOW - MINUTE,
    warnings: [{ code: "phone_unseen", values: { by: NOW + 11 * DAY, seenAt: NOW - 3 * DAY }, text: "open WhatsApp on this phone" }],
  }),
  phone("returns", "Returns", "+351930000000", "PT", since("pending", "needs_repair", 2 * HOUR)),
  phone("lisbon", "Lisbon shop", "+351910000000", "PT", since("disconnected", "unlinked", 26 * HOUR)),
  phone("night", "Night shift", "+5531966660000", "BR", {
    ...since("disconnected", "silent", 6 * MINUTE),
    lastSeenAt: NOW - 6 * MINUTE,
  }),
  phone("events", "Events", "+5511955550000", "BR", since("failed", "banned", 3 * DAY)),
  withoutLink(phone("warehouse", "Warehouse", "+525550000001", "MX", since("pending", "syncing", MINUTE))),
];

function withoutLink({ connectedAt: _never, ...rest }: WireConnection): WireConnection {
  return rest;
}

/** Two numbers of Meta's, one of which is about to lose its token. */
export const ACCOUNTS: readonly WireConnection[] = [
  phone("store", "Acme Store", "+551140000000", "BR", {
    channel: "cloud-api",
    primary: true,
    facts: {
      quality: "high",
      messagingLimit: 10_000,
      tokenExpiresAt: "never",
      account: "2000…0002",
      accountOrigin: "own",
      given: { phoneNumberId: "100000000000001", wabaId: "200000000000002" },
    },
    lastSeenAt: NOW - 4 * MINUTE,
  }),
  phone("care", "Acme Support", "+551140000001", "BR", {
    channel: "cloud-api",
    facts: { quality: "medium", messagingLimit: 1000, tokenExpiresAt: NOW + 20 * HOUR },
    warnings: [{ code: "token_expires", values: { at: NOW + 20 * HOUR }, text: "the token expires" }],
  }),
  phone("mexico", "Acme Mexico", "+525540000002", "MX", {
    channel: "cloud-api",
    facts: { quality: "low", messagingLimit: 250, tokenExpiresAt: "never" },
    warnings: [{ code: "quality_low", text: "people block this number" }],
  }),
  phone("expo", "Acme Events", "+351210000003", "PT", {
    channel: "cloud-api",
    ...since("failed", "token_expired", HOUR),
    facts: { quality: "unrated", messagingLimit: 250, tokenExpiresAt: NOW - HOUR },
  }),
];

/** Many phones, well and unwell. */
export function manyPhones(count: number): readonly WireConnection[] {
  const kinds = [
    {},
    since("failed", "banned", DAY),
    since("pending", "needs_repair", 2 * HOUR),
    since("disconnected", "unlinked", HOUR),
    {},
  ];
  return Array.from({ length: count }, (_, index) => {
    const name = String(index + 1).padStart(4, "0");
    return phone(`store-${name}`, `Store ${name}`, `+551198888${name}`, ["BR", "MX", "PT"][index % 3] ?? "BR", kinds[index % 5]);
  });
}

/** How many of each state there are. */
export function countsOf(items: readonly WireConnection[]): WireCounts {
  const of = (state: WireConnection["status"]["state"]): number => items.filter(({ status }) => status.state === state).length;
  return {
    all: items.length,
    connected: of("connected"),
    pending: of("pending"),
    disconnected: of("disconnected"),
    failed: of("failed"),
  };
}

/** A page of connections, with counts and regions of all. */
export function listOf(items: readonly WireConnection[], query: URLSearchParams = new URLSearchParams(), channel = "unofficial"): WireList {
  const wanted = items.filter(
    ({ status, region, label }) =>
      (query.get("state") ?? status.state) === status.state &&
      (query.get("region") ?? region) === region &&
      label.toLowerCase().includes((query.get("search") ?? "").toLowerCase()),
  );
  const limit = Number(query.get("limit") ?? 50);
  const from = Number(query.get("cursor") ?? 0);
  const regions = Map.groupBy(items, ({ region = "" }) => region);
  return {
    now: NOW,
    channel,
    items: wanted.slice(from, from + limit),
    ...(wanted.length > from + limit && { next: String(from + limit) }),
    counts: countsOf(items),
    regions: [...regions].map(([region, all]) => ({ region, count: all.length })).toSorted((one, other) => other.count - one.count),
  };
}

/** Who looks, and on which channel. */
export function setupOf(channel = "unofficial", changes: Partial<WireSetup> = {}): WireSetup {
  const linksPhone = channel === "unofficial";
  return {
    now: NOW,
    role: "owner",
    platform: false,
    channel,
    channels: [{ kind: channel, linksPhone, hasPrimary: !linksPhone, hasSignup: false, lent: [], addresses: [] }],
    ...changes,
  };
}

/** A link as it stands. */
export function linkOf(changes: Partial<WireLink>): WireLink {
  return { connectionId: "con_8f2a", state: "running", steps: [], ...changes };
}
