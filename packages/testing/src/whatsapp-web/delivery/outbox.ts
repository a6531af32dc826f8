import type { Outbox, Resend } from "../directory/account.ts";

const MESSAGES_KEPT = 1_000;

/** Keeps the newest 1,000 messages. */
export function outbox(): Outbox {
  const sent = new Map<string, Resend>();
  return {
    remember: (id, resend) => {
      sent.set(id, resend);
      for (const oldest of sent.keys()) {
        if (sent.size <= MESSAGES_KEPT) break;
        sent.delete(oldest);
      }
    },
    find: (id) => sent.get(id ?? ""),
  };
}
