import type { OutboundContent } from "@wadesk/core";
import type { Body } from "../../baileys/baileys.ts";
import { isGroup } from "../../numbers/jid.ts";
import { withMentions } from "./mentions.ts";
import { knownOr, refused, type Writing, withContext } from "./outgoing.ts";
import { contextOf, kindOf, unwrap } from "../unwrap.ts";

/** What a message says about another one. */
export type About = Extract<OutboundContent, { readonly kind: "reaction" | "pin" | "edit" | "delete" | "forward" }>;

// ProtocolMessage.Type and PinInChatMessage.Type in WAProto
const [REVOKE, EDIT] = [0, 14];
const [PINNED, UNPINNED] = [1, 2];
const DAY_SECONDS = 86_400;

/** Writes it. Rejects with `content_invalid` where that message is not known, or is none to do this with. */
export async function writeAbout(content: About, writing: Writing): Promise<Body> {
  const { address, jid, now } = writing;
  const message = await knownOr(writing, content.messageId, "content.messageId");
  const key = await address.keyOf(message);
  switch (content.kind) {
    case "reaction":
      return { reactionMessage: { key, text: content.emoji ?? "", senderTimestampMs: now() } };
    case "pin": {
      const pinInChatMessage = { key, type: content.pinned ? PINNED : UNPINNED, senderTimestampMs: now() };
      const messageAddOnDurationInSecs = content.pinned ? (content.seconds ?? DAY_SECONDS) : 0;
      return { pinInChatMessage, messageContextInfo: { messageAddOnDurationInSecs } };
    }
    case "delete":
      if (!message.fromMe && !isGroup(jid))
        throw refused("content.messageId", "is somebody else's, which only an admin of a group can take back", "conflicts");
      return { protocolMessage: { key, type: REVOKE } };
    case "edit": {
      if (!message.fromMe) throw refused("content.messageId", "is somebody else's, and cannot be changed", "conflicts");
      const { text, context } = await withMentions(content.text, content.mentions, writing);
      const editedMessage = withContext(otherWords(bodyOf(message.body), text), context);
      return { protocolMessage: { key, type: EDIT, editedMessage, timestampMs: now() } };
    }
    case "forward": {
      const { body, viewOnce } = unwrap(bodyOf(message.body));
      if (viewOnce) throw refused("content.messageId", "shows itself once, and cannot be passed on", "conflicts");
      return forwarded(body, message.fromMe);
    }
  }
}

function bodyOf(body: Body | undefined): Body {
  if (body !== undefined) return body;
  throw refused("content.messageId", "was too long to be kept", "unusable");
}

/** A text with other words, or a file with another caption. */
function otherWords(given: Body, text: string): Body {
  const { body } = unwrap(given);
  for (const kind of ["imageMessage", "videoMessage", "documentMessage"] as const) {
    const file = body[kind];
    if (file) return { [kind]: { ...file, caption: text } };
  }
  if (!body.conversation && !body.extendedTextMessage)
    throw refused("content.messageId", "has neither a text nor a caption that could be changed", "conflicts");
  return { extendedTextMessage: { text } };
}

/** What is passed on says so, and how often it was; what we wrote ourselves does not. */
function forwarded(body: Body, fromMe: boolean): Body {
  const kind = kindOf(body);
  if (kind === undefined || body.pollUpdateMessage || body.reactionMessage)
    throw refused("content.messageId", "says nothing that could be passed on", "conflicts");
  const score = (contextOf(body)?.forwardingScore ?? 0) + (fromMe ? 0 : 1);
  const contextInfo = score > 0 ? { forwardingScore: score, isForwarded: true } : {};
  if (kind === "conversation") return { extendedTextMessage: { text: body.conversation ?? "", contextInfo } };
  const value = (body as Readonly<Record<string, object>>)[kind];
  return { [kind]: { ...value, contextInfo } };
}
