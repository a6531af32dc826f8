import { WadeskError } from "@wadesk/core";
import type { SendReceipt, SessionVoice } from "@wadesk/core/ports";

/** How long WhatsApp may take to acknowledge a message, over a reconnect if need be, in milliseconds. */
const PATIENCE_MS = 60_000;

/** Those who wait in this process for WhatsApp's word on their message, also while one session follows another. */
export interface SendsUnderWay {
  /** Begins to wait; rejects with `outcome_unknown` after a minute. */
  begin(id: string, after: SessionVoice["after"]): Promise<SendReceipt>;
  /** Whether somebody waits for it. */
  has(id: string): boolean;
  take(id: string, receipt: SendReceipt): void;
  refuse(id: string, error: unknown): void;
  /** Nobody will send them again in this process. */
  giveUp(detail: string): void;
}

// where the sessions of one number meet that follow each other
const ROOMS = new WeakMap<object, Map<string, SendsUnderWay>>();

/** Those of one connection of one channel. */
export function sendsUnderWay(channel: object, connectionId: string): SendsUnderWay {
  const room = ROOMS.get(channel) ?? new Map<string, SendsUnderWay>();
  ROOMS.set(channel, room);
  const known = room.get(connectionId) ?? createSends();
  room.set(connectionId, known);
  return known;
}

function createSends(): SendsUnderWay {
  const waiting = new Map<string, PromiseWithResolvers<SendReceipt> & { readonly cancel: () => void }>();
  const settle = (id: string, how: (one: PromiseWithResolvers<SendReceipt>) => void): void => {
    const one = waiting.get(id);
    if (one === undefined) return;
    waiting.delete(id);
    one.cancel();
    how(one);
  };
  const unknown = (id: string, detail: string): void => settle(id, ({ reject }) => reject(new WadeskError("outcome_unknown", { detail })));
  return {
    begin(id, after) {
      const one = Promise.withResolvers<SendReceipt>();
      // whoever sends hears of it where it waits
      one.promise.catch(() => {});
      const cancel = after(PATIENCE_MS, () => unknown(id, "WhatsApp did not answer within a minute"));
      waiting.set(id, { ...one, cancel });
      return one.promise;
    },
    has: (id) => waiting.has(id),
    take: (id, receipt) => settle(id, ({ resolve }) => resolve(receipt)),
    refuse: (id, error) => settle(id, ({ reject }) => reject(error)),
    giveUp(detail) {
      for (const id of [...waiting.keys()]) unknown(id, detail);
    },
  };
}
