import { createHash } from "node:crypto";
import type { Contact, HistoryReceived, PresenceChanged } from "@wadesk/core";
import { contactKey, contactOrder, type InboundEvent } from "@wadesk/core/ports";
import type { SocketEvents } from "../baileys/baileys.ts";
import type { Chats } from "../content/create-chats.ts";
import { readMessage } from "../content/reading/read-message.ts";
import { groupOf, secondsOf, whoOf } from "../content/reading/who-of.ts";
import type { People } from "../known/people.ts";
import { contactOf, isGroup, readJid } from "../numbers/jid.ts";
import { STATUSES } from "./read-statuses.ts";

type Call = SocketEvents["call"][number];

/** What WhatsApp says of a call, in our words; signals between its devices have none. */
const CALLS: Partial<Record<Call["status"], string>> = {
  offer: "ringing",
  accept: "accepted",
  reject: "rejected",
  timeout: "missed",
  terminate: "ended",
};

/** Calls as events. */
export async function callEvents(route: string, calls: readonly Call[], people: People): Promise<readonly InboundEvent[]> {
  const events = await Promise.all(
    calls.map(async (call): Promise<readonly InboundEvent[]> => {
      const change = CALLS[call.status];
      const named = contactOf([call.from, call.callerPn]);
      if (change === undefined || named === undefined) return [];
      const contact = await people.complete(named);
      const groupId = call.groupJid ?? (isGroup(call.chatId) ? call.chatId : undefined);
      const who = contact.lid ?? contactKey(contact);
      const data = {
        callId: call.id,
        contact,
        change,
        direction: "inbound" as const,
        ...(groupId && { groupId }),
        ...(call.isVideo !== undefined && { video: call.isVideo }),
        raw: JSON.parse(JSON.stringify(call)) as unknown,
      };
      return [
        {
          route,
          ...contactOrder(route, contact),
          key: `${route}|${who}|${who}|${call.id}|${change}`,
          at: call.date.getTime(),
          type: "call.changed",
          data,
        },
      ];
    }),
  );
  return events.flat();
}

const PRESENCES: Readonly<Record<string, PresenceChanged["state"]>> = {
  available: "available",
  unavailable: "unavailable",
  composing: "composing",
  recording: "recording",
  paused: "paused",
};

/** Who is there and who writes, as events. `at` is when it was heard. */
export async function presenceEvents(
  route: string,
  { id, presences }: SocketEvents["presence.update"],
  people: People,
  at: number,
): Promise<readonly InboundEvent[]> {
  const events = await Promise.all(
    Object.entries(presences).map(async ([jid, { lastKnownPresence, lastSeen }]): Promise<readonly InboundEvent[]> => {
      const named = contactOf([jid]);
      const state = PRESENCES[lastKnownPresence];
      if (named === undefined || state === undefined) return [];
      const contact = await people.complete(named);
      const groupId = isGroup(id) ? id : undefined;
      const who = contact.lid ?? contactKey(contact);
      const data = {
        contact,
        ...(groupId !== undefined && { groupId }),
        state,
        ...(lastSeen && { lastSeenAt: lastSeen * 1000 }),
        raw: { id, jid, state: lastKnownPresence },
      };
      const place = groupId === undefined ? contactOrder(route, contact) : { orderKey: `${route}|${groupId}` };
      return [
        {
          route,
          ...place,
          key: `${route}|${readJid(groupId)?.user ?? who}|${who}|presence|${at}|${state}`,
          at,
          type: "presence.changed",
          data,
        },
      ];
    }),
  );
  return events.flat();
}

/** An event with more of the past is hard to store and slow to handle. */
const MOST_MESSAGES = 100;

type History = SocketEvents["messaging-history.set"];
type Past = HistoryReceived["messages"][number];

/** The past as the phone tells it, as events of its own: none of it is a message that came in now. */
export async function historyEvents(route: string, history: History, chats: Chats, at: number): Promise<readonly InboundEvent[]> {
  const { seal } = await chats.files();
  const all: Past[] = [];
  for (const message of history.messages) {
    const read = readMessage(message, seal);
    const named = whoOf(message);
    if (read?.type !== "content" || named === undefined || !message.key.id) continue;
    const status = STATUSES.get(message.status ?? -1);
    const groupId = groupOf(message.key);
    all.push({
      messageId: message.key.id,
      contact: await chats.people.complete(named),
      fromBusiness: message.key.fromMe === true,
      at: secondsOf(message.messageTimestamp) * 1000,
      content: read.content,
      ...(groupId !== undefined && { groupId }),
      ...(message.key.fromMe && status !== undefined && { status }),
    });
  }
  const { syncType, chunkOrder, progress } = history;
  const told = {
    ...(syncType != null && { phase: Number(syncType) }),
    ...(chunkOrder != null && { chunk: Number(chunkOrder) }),
    ...(progress != null && { progress: Number(progress) }),
  };
  return pages(all).map((messages) => ({
    route,
    orderKey: `${route}|history`,
    key: `${route}|history|${digestOf(messages)}`,
    at,
    type: "history.received",
    data: { ...told, messages, raw: { syncType, chunkOrder, progress } },
  }));
}

function pages(messages: readonly Past[]): readonly (readonly Past[])[] {
  const count = Math.ceil(messages.length / MOST_MESSAGES);
  return Array.from({ length: count }, (_, index) => messages.slice(index * MOST_MESSAGES, (index + 1) * MOST_MESSAGES));
}

function digestOf(messages: readonly Past[]): string {
  const names = messages.map(({ messageId, contact, groupId }: Past & { readonly contact: Contact }) => [
    groupId,
    contactKey(contact),
    messageId,
  ]);
  return createHash("sha256").update(JSON.stringify(names)).digest("base64url");
}
