/** Where a sent message stands: `queued < sent < delivered < read < played`; `failed` beats `queued` and `sent` only. */
export type MessageStatus = "queued" | "sent" | "delivered" | "read" | "played" | "failed";

const RANK: Record<MessageStatus, number> = { queued: 0, sent: 1, failed: 2, delivered: 3, read: 4, played: 5 };

/** Whether `next` climbs above `current`. The ladder never moves back. */
export function climbs(current: MessageStatus, next: MessageStatus): boolean {
  return RANK[next] > RANK[current];
}
