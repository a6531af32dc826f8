import { deflateSync } from "node:zlib";
import type { AppState } from "../app-state/app-state.ts";
import type { Delivery } from "../delivery/delivery.ts";
import type { Account, LinkedDevice } from "../directory/account.ts";
import type { Media } from "../media/media.ts";
import type { Room } from "../server/room.ts";
import type { World } from "../server/world.ts";
import { chatJid, encodeChunk, type HistoryChat, type HistoryChunk, type HistoryMessage, syncType } from "./history-chunk.ts";
import { sendToOwn } from "./peer-message.ts";

/** What phones remember, and tell the clients they link. */
export interface History extends Room {
  /** Sends a chunk to one client. Answers the id of the message that announces it. */
  send(device: LinkedDevice, chunk: HistoryChunk, session?: string): string;
  /** The phone remembers chats: what a client that asks for older messages gets. */
  remember(account: Account, chats: readonly HistoryChat[]): void;
  /** What every client that is linked from now on is sent, after the keys of the app state, when it logs in first. */
  plan(account: Account, chunks: readonly HistoryChunk[]): void;
}

interface OnDemandRequest {
  readonly chatJid?: string;
  readonly oldestMsgId?: string;
  readonly oldestMsgTimestampMs?: number;
  readonly onDemandMsgCount?: number;
}

/** The room of history. */
export function history(world: World, delivery: Delivery, media: Media, appState: AppState): History {
  const { baileys } = world;
  const { Type } = baileys.proto.Message.ProtocolMessage;
  const memories = new Map<Account, Map<string, HistoryMessage[]>>();
  const plans = new Map<Account, readonly HistoryChunk[]>();
  const greeted = new WeakSet<LinkedDevice>();

  const send: History["send"] = (device, chunk, session) => {
    for (const { messages = [] } of chunk.chats ?? []) for (const { id } of messages) device.mailbox.known.set(id, undefined);
    const compressed = deflateSync(encodeChunk(baileys, chunk));
    const { url: _url, ...blob } = chunk.isInline === true ? { url: "" } : media.share("history", compressed);
    return sendToOwn(world, device, {
      type: Type.HISTORY_SYNC_NOTIFICATION,
      historySyncNotification: {
        ...blob,
        ...(chunk.isInline === true && { initialHistBootstrapInlinePayload: compressed }),
        ...(session !== undefined && { peerDataRequestSessionId: session }),
        ...(chunk.progress !== undefined && { progress: chunk.progress }),
        ...(chunk.order !== undefined && { chunkOrder: chunk.order }),
        syncType: syncType(baileys, chunk.type),
      },
    });
  };

  const older = (account: Account, asked: OnDemandRequest): readonly HistoryMessage[] => {
    const messages = memories.get(account)?.get(asked.chatJid ?? "") ?? [];
    const before = messages.find(({ id }) => id === asked.oldestMsgId)?.at ?? asked.oldestMsgTimestampMs ?? Number.POSITIVE_INFINITY;
    return messages.filter(({ at }) => at < before).slice(0, asked.onDemandMsgCount ?? 50);
  };
  // a client that wants older messages asks its phone
  delivery.onReceived(({ id, content, fromMe, device }, account, sender) => {
    const protocol = content.protocolMessage as { readonly peerDataOperationRequestMessage?: object } | undefined;
    const request = protocol?.peerDataOperationRequestMessage as { readonly historySyncOnDemandRequest?: OnDemandRequest } | undefined;
    const asked = request?.historySyncOnDemandRequest;
    if (!fromMe || device !== 0 || asked?.chatJid === undefined) return;
    send(sender.device, { type: "on demand", chats: [{ chat: asked.chatJid, messages: older(account, asked) }] }, id);
  });

  const remember: History["remember"] = (account, chats) => {
    const memory = memories.get(account) ?? new Map<string, HistoryMessage[]>();
    memories.set(account, memory);
    for (const chat of chats) {
      const known = new Map([...(memory.get(chatJid(chat)) ?? []), ...(chat.messages ?? [])].map((message) => [message.id, message]));
      memory.set(
        chatJid(chat),
        [...known.values()].sort((one, other) => other.at - one.at),
      );
    }
  };

  return {
    send,
    remember,
    plan: (account, chunks) => {
      plans.set(account, chunks);
      for (const { chats = [] } of chunks) remember(account, chats);
    },
    onActive: ({ account, device }) => {
      if (greeted.has(device)) return;
      greeted.add(device);
      // a phone shares its keys with every client that it links, whatever it tells of the past
      appState.shareKeys(device);
      for (const chunk of plans.get(account) ?? []) send(device, chunk);
    },
  };
}
