import { checkOptions } from "../fields/check-fields.ts";
import type { Storage } from "../ports/stores/storage.ts";
import { memoryInbox } from "./inbox/memory-inbox.ts";
import { memoryConnections } from "./memory-connections.ts";
import { memoryLeases } from "./memory-leases.ts";
import { memoryMessages } from "./memory-messages.ts";
import { memoryRecords } from "./memory-records.ts";
import { memorySessions } from "./memory-sessions.ts";

/**
 * Keeps everything in this process, for tests, examples and trying out: it is gone when the process ends. A webhook is therefore answered
 * only once its handlers have run, so that what was not completed is delivered again. Sent messages and dead letters stay in memory until
 * `upkeep.keepMessagesMs` and `upkeep.keepDeadLettersMs` let them go, which without those is never.
 * @param options.now - milliseconds since the epoch; pass the clock that `createWadesk` gets, where that is not the real one.
 */
export function memoryStorage(options: { readonly now?: () => number } = {}): Storage {
  checkOptions<{ readonly now?: () => number }>("memoryStorage", options, { now: "function" });
  const now = options.now ?? Date.now;
  const leases = memoryLeases(now);
  const connections = memoryConnections(now);
  const sessions = memorySessions(now);
  return {
    durable: false,
    connections: connections.store,
    messages: memoryMessages(connections.has),
    inbox: memoryInbox(),
    records: memoryRecords(now, (fence) => (fence.process === undefined ? leases : sessions).holds(fence)),
    leases: leases.store,
    sessions: sessions.store,
    close: async () => {},
  };
}
