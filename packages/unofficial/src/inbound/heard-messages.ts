import type { SealedRecords } from "@wadesk/core/ports";
import type { WebMessage } from "../baileys/baileys.ts";

/** Where a message came in, which is what WhatsApp wants to know when it is marked as read. */
export type HeardKey = Pick<WebMessage["key"], "remoteJid" | "participant" | "id">;

/** How long a message that came in can be marked as read, in milliseconds. */
const LIFE_MS = 14 * 24 * 60 * 60 * 1000;

/** Remembers where messages came in, by their ids. */
export interface HeardMessages {
  note(messages: readonly WebMessage[], now: number): Promise<void>;
  find(messageId: string): Promise<HeardKey | undefined>;
}

/** Those of one connection, in its records. */
export function heardMessages(records: SealedRecords): HeardMessages {
  const recordOf = (id: string): string => `heard/${id}`;
  return {
    async note(messages, now) {
      const changes = new Map(
        messages.flatMap(({ key: { id, remoteJid, participant, fromMe } }) => {
          if (!id || !remoteJid || fromMe) return [];
          const heard: HeardKey = { id, remoteJid, ...(participant && { participant }) };
          return [[recordOf(id), { value: new TextEncoder().encode(JSON.stringify(heard)), expiresAt: now + LIFE_MS }] as const];
        }),
      );
      if (changes.size > 0) await records.set(changes);
    },
    async find(messageId) {
      const value = (await records.get([recordOf(messageId)])).get(recordOf(messageId));
      return value && (JSON.parse(new TextDecoder().decode(value)) as HeardKey);
    },
  };
}
