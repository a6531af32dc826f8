import { linkedDevices } from "../delivery/send-from.ts";
import type { Account } from "../directory/account.ts";
import type { History } from "./history.ts";
import type { HistoryChat, HistoryChunk } from "./history-chunk.ts";

/** What a person's phone tells of the past. */
export interface HistoryActs {
  /**
   * From now on every client that is linked gets the keys of the app state and these chunks when it logs in first, as from a real phone. Without
   * this a client that waits for its history waits in vain: Baileys 7.0.0-rc14 for 20 seconds, holding its events back.
   */
  planHistory(...chunks: readonly HistoryChunk[]): void;
  /** Sends chunks to every linked client now. Answers the ids of the messages that announce them. */
  sendHistory(...chunks: readonly HistoryChunk[]): readonly string[];
  /** Remembers chats: a client that asks for older messages gets them from what was remembered, planned and sent. */
  remember(...chats: readonly HistoryChat[]): void;
}

/** The acts of the person with an account. */
export function historyActs(history: History, account: Account): HistoryActs {
  return {
    planHistory: (...chunks) => history.plan(account, chunks),
    sendHistory: (...chunks) => {
      for (const { chats = [] } of chunks) history.remember(account, chats);
      return linkedDevices(account).flatMap((device) => chunks.map((chunk) => history.send(device, chunk)));
    },
    remember: (...chats) => history.remember(account, chats),
  };
}
