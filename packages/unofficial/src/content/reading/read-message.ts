import type { InboundContent } from "@wadesk/core";
import type { Body, WebMessage } from "../../baileys/baileys.ts";
import { readGroupNotice } from "../../groups/read-notice.ts";
import { type ReadContent, type ReadingOf, readContent } from "./read-content.ts";
import { unwrap } from "../unwrap.ts";

/** What a message turns out to be: words of its own, or something about another message or a group. */
export type ReadMessage =
  | ({ readonly type: "content" } & ReadContent)
  | { readonly type: "edited"; readonly messageId: string; readonly content: InboundContent }
  | { readonly type: "revoked"; readonly messageId: string }
  | { readonly type: "vote"; readonly vote: NonNullable<Body["pollUpdateMessage"]> }
  | { readonly type: "group"; readonly notice: NonNullable<ReturnType<typeof readGroupNotice>> };

// ProtocolMessage.Type in WAProto
const REVOKE = 0;
const EDIT = 14;

/** Reads one message of Baileys'; nothing where it tells nobody anything. Pure. */
export function readMessage(
  message: Pick<WebMessage, "key" | "message" | "messageStubType" | "messageStubParameters">,
  seal: ReadingOf["seal"],
): ReadMessage | undefined {
  const notice = readGroupNotice(message);
  if (notice !== undefined) return { type: "group", notice };
  const { id, remoteJid, fromMe, participant } = message.key;
  if (!message.message || !id || !remoteJid) return undefined;
  const { body } = unwrap(message.message);
  const of = { seal, message: { id, chat: remoteJid, fromMe: fromMe === true, ...(participant && { participant }) } };
  if (body.pollUpdateMessage) return { type: "vote", vote: body.pollUpdateMessage };
  const told = body.protocolMessage;
  if (told?.key?.id && (told.type ?? REVOKE) === REVOKE) return { type: "revoked", messageId: told.key.id };
  if (told?.key?.id && told.type === EDIT) {
    const edited = readContent(told.editedMessage, of);
    return edited && { type: "edited", messageId: told.key.id, content: edited.content };
  }
  const content = readContent(message.message, of);
  return content && { type: "content", ...content };
}
