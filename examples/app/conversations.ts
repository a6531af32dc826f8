import { randomUUID } from "node:crypto";
import {
  type AnyChannel,
  type Contact,
  type InboundContent,
  isWadeskError,
  type SendRequest,
  type SentMessage,
  type Wadesk,
} from "@wadesk/core";
import { type ChatMessage, PICTURE_TYPES } from "./chat-message.ts";
import type { Chats } from "./chats.ts";

/** What the application needs of the client: any client is one. */
export type AppClient = Pick<Wadesk<AnyChannel>, "workspace" | "settings" | "process">;

/** What is sent, and how the chat shows it. */
export type Outgoing = Pick<ChatMessage, "chat" | "to" | "name" | "kind" | "text" | "picture"> & Pick<SendRequest, "content" | "fallback">;

/** Says what happens to what comes in: all of it is kept in the chats, and every text is answered. */
export function answerTexts(wadesk: AppClient, chats: Chats): void {
  wadesk.process("message.received", async ({ key, at, workspaceId, data, reply }) => {
    const { contact, content, groupId } = data;
    const kept = { workspaceId, ...chatOf(contact, groupId) };
    chats.add({ ...kept, id: key, isOurs: false, at, ...contentOf(content, data.connection.id) });
    if (content.kind !== "text") return;
    const text = `Thank you, we got: ${content.text}`;
    try {
      // the handler may run again after a crash; with the event's key the person is answered once
      const sent = await reply(text, { replyTo: data.messageId, idempotencyKey: key });
      const id = `answer to ${key}`;
      chats.add({ ...kept, name: undefined, id, isOurs: true, kind: "text", text, at: sent.acceptedAt, status: "sent" });
      await follow(wadesk, chats, { id, workspaceId, sent });
    } catch (error) {
      // what may work later is thrown on, so that the event is tried again; an answer that never can go out must not hold up the chat
      if (!isWadeskError(error) || error.remedy === "retry" || error.remedy === "wait") throw error;
      console.error(`Could not answer ${data.messageId}: ${error.message}`);
    }
  });
  wadesk.process("message.echoed", ({ key, at, workspaceId, data }) => {
    const { contact, content, groupId, connection } = data;
    chats.add({
      workspaceId,
      ...chatOf(contact, groupId),
      name: undefined,
      id: key,
      isOurs: true,
      at,
      ...contentOf(content, connection.id),
    });
  });
  wadesk.process("message.status", ({ data }) => {
    if (data.message !== undefined) chats.moved({ sentId: data.message.id }, data.standing, data.failure?.message);
  });
}

/** Sends a message of a person at the screen, through whichever channel is in force; what was refused stays in the chat and says why. Answers its id. */
export async function sendFromChat(wadesk: AppClient, chats: Chats, workspaceId: string, outgoing: Outgoing): Promise<string> {
  const { content, fallback, ...shown } = outgoing;
  const id = randomUUID();
  chats.add({ ...shown, id, workspaceId, isOurs: true, at: Date.now(), status: "queued" });
  try {
    const sent = await wadesk.workspace(workspaceId).send({ to: shown.to, content, idempotencyKey: id, ...(fallback && { fallback }) });
    await follow(wadesk, chats, { id, workspaceId, sent });
  } catch (error) {
    if (!isWadeskError(error)) throw error;
    chats.moved({ id }, "failed", error.message);
  }
  return id;
}

// its statuses may have come before its id was known here; what comes from now on finds it
async function follow(
  wadesk: AppClient,
  chats: Chats,
  { id, workspaceId, sent }: { readonly id: string; readonly workspaceId: string; readonly sent: SentMessage },
): Promise<void> {
  chats.sent(id, sent.id);
  const row = await wadesk.workspace(workspaceId).message(sent.id);
  if (row !== undefined) chats.moved({ id }, row.status, row.failure?.message);
}

// one chat for a person, whichever channel they write on
function chatOf(contact: Contact, groupId: string | undefined): Pick<ChatMessage, "chat" | "to" | "name"> {
  if (groupId !== undefined) return { chat: groupId, to: { groupId }, name: groupId };
  // a phone is known to every channel; what else names a person is one vendor's
  const chat = contact.phone ?? contact.userId ?? contact.lid ?? "unknown";
  return { chat, to: contact.phone ?? contact, name: contact.name };
}

function contentOf(content: InboundContent, connectionId: string): Pick<ChatMessage, "kind" | "text" | "picture"> {
  const { kind } = content;
  if (content.kind === "text") return { kind, text: content.text };
  if (content.kind === "button_reply" || content.kind === "list_reply") return { kind, text: content.title };
  if (content.kind !== "image") return { kind, text: `[${kind}]` };
  // a type that the vendor does not tell is looked at when it is shown
  const isShown = content.media.mimeType === undefined || PICTURE_TYPES.includes(content.media.mimeType);
  return { kind, text: content.caption ?? "", ...(isShown && { picture: { media: content.media, connectionId } }) };
}
