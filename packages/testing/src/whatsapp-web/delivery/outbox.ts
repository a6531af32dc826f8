import type { LinkedDevice } from "../directory/account.ts";

/** Sends a message once more, to one device. `count` says how often that device has asked for it. */
export type Resend = (device: LinkedDevice, count: number) => void;

/** What a device of the server's own has sent lately, should somebody not have been able to read it. */
export interface Outbox {
  remember(id: string, resend: Resend): void;
  find(id: string | undefined): Resend | undefined;
}

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
