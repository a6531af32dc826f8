import type { Baileys } from "../baileys.ts";
import type { MessageContent } from "../delivery/message-content.ts";

/** A chat as the phone remembers it. */
export interface HistoryChat {
  /** Somebody with an address, or the address. */
  readonly chat: string | { readonly jid: string; readonly lid?: string };
  /** A group's subject, or the name in the phone's address book; left out where absent. */
  readonly name?: string;
  /** How many of its messages the phone has not read; left out where absent. */
  readonly unreadCount?: number;
  /** Left out of what the client is told where absent. */
  readonly isArchived?: boolean;
  /** The newest first, as WhatsApp sends them. */
  readonly messages?: readonly HistoryMessage[];
}

/** A message as the phone remembers it. */
export interface HistoryMessage {
  /** As it was when it was sent; one that a client has already is one message to it. */
  readonly id: string;
  /** Whether the phone's owner wrote it, on whichever device; false where absent. */
  readonly fromMe?: boolean;
  /** Who wrote it, in a group. */
  readonly participant?: string;
  /** A plain string is a text. */
  readonly content: string | MessageContent;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** A part of a history that a phone sends to a client it has linked. */
export interface HistoryChunk {
  /** Clients take each type for something else: `initial` comes first, and `on demand` only to one that has asked. */
  readonly type: HistoryType;
  /** None where absent, as in a chunk of push names. */
  readonly chats?: readonly HistoryChat[];
  /** Push names by their addresses. */
  readonly pushNames?: Readonly<Record<string, string>>;
  /** How much of the whole the client has with this chunk, in percent. */
  readonly progress?: number;
  /** Counts the chunks of a type from 1. */
  readonly order?: number;
  /** Whether it comes inside the message instead of lying on the media host. */
  readonly isInline?: boolean;
}

/** What a part of a history is. */
export type HistoryType = "initial" | "recent" | "full" | "push names" | "on demand";

/** The number of a type in WhatsApp's Protobuf. */
export function syncType({ proto }: Baileys, type: HistoryType): number {
  const { INITIAL_BOOTSTRAP, RECENT, FULL, PUSH_NAME, ON_DEMAND } = proto.HistorySync.HistorySyncType;
  return { initial: INITIAL_BOOTSTRAP, recent: RECENT, full: FULL, "push names": PUSH_NAME, "on demand": ON_DEMAND }[type];
}

/** Encodes a chunk as WhatsApp's `HistorySync`, not yet compressed. */
export function encodeChunk(baileys: Baileys, chunk: HistoryChunk): Uint8Array {
  const { HistorySync } = baileys.proto;
  return HistorySync.encode(
    HistorySync.fromObject({
      syncType: syncType(baileys, chunk.type),
      chunkOrder: chunk.order,
      progress: chunk.progress,
      conversations: (chunk.chats ?? []).map(conversation),
      pushnames: Object.entries(chunk.pushNames ?? {}).map(([id, pushname]) => ({ id, pushname })),
    }),
  ).finish();
}

/** The address of a remembered chat. */
export function chatJid({ chat }: Pick<HistoryChat, "chat">): string {
  return typeof chat === "string" ? chat : chat.jid;
}

function conversation(remembered: HistoryChat): Record<string, unknown> {
  const { chat, name, unreadCount, isArchived, messages = [] } = remembered;
  const id = chatJid(remembered);
  return defined({
    id,
    name,
    unreadCount,
    archived: isArchived,
    lidJid: typeof chat === "string" ? undefined : chat.lid,
    conversationTimestamp: messages[0] && seconds(messages[0].at),
    messages: messages.map((message) => ({ message: webMessage(id, message) })),
  });
}

function webMessage(remoteJid: string, { id, fromMe = false, participant, content, at }: HistoryMessage): Record<string, unknown> {
  return {
    key: defined({ remoteJid, id, fromMe, participant }),
    message: typeof content === "string" ? { conversation: content } : content,
    messageTimestamp: seconds(at),
    participant,
  };
}

function seconds(at: number): number {
  return Math.floor(at / 1_000);
}

function defined(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
