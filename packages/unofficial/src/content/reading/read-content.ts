import type { Contact, InboundContent } from "@wadesk/core";
import type { Body, ContextInfo } from "../../baileys/baileys.ts";
import type { FileReference } from "../../files/file-ids.ts";
import { contactOf } from "../../numbers/jid.ts";
import { readFile, type SealFile } from "./read-file.ts";
import { contextOf, kindOf, unwrap } from "../unwrap.ts";
import { readVcard } from "../vcard.ts";

/** What one message says, and what it says of itself. */
export interface ReadContent {
  readonly content: InboundContent;
  /** The id of the message it answers. */
  readonly replyTo?: string;
  readonly forwarded?: boolean;
}

/** What reading needs to know of a message. */
export interface ReadingOf {
  /** The message itself, by which its file is found again. */
  readonly message: FileReference["message"];
  readonly seal: SealFile;
}

type Reader = (body: Body, of: ReadingOf) => InboundContent | undefined;

/** By WhatsApp's names. What has no row here is `unknown`; what has one and says nothing that we know, too. */
const READERS: Readonly<Record<string, Reader>> = {
  conversation: ({ conversation }) => (conversation ? { kind: "text", text: conversation } : undefined),
  extendedTextMessage: ({ extendedTextMessage: text }) =>
    text?.text
      ? {
          kind: "text",
          text: text.text,
          ...(text.matchedText && { preview: true }),
          ...mentionsOf(text.contextInfo),
        }
      : undefined,
  imageMessage: file,
  videoMessage: file,
  ptvMessage: file,
  audioMessage: file,
  documentMessage: file,
  stickerMessage: file,
  locationMessage: ({ locationMessage: place }) => placeOf(place),
  liveLocationMessage: ({ liveLocationMessage: place }) => placeOf(place),
  contactMessage: ({ contactMessage: card }) =>
    card ? { kind: "contacts", contacts: [readVcard(card.vcard ?? "", card.displayName)] } : undefined,
  contactsArrayMessage: ({ contactsArrayMessage: cards }) => ({
    kind: "contacts",
    contacts: (cards?.contacts ?? []).map(({ vcard, displayName }) => readVcard(vcard ?? "", displayName)),
  }),
  reactionMessage: ({ reactionMessage: reaction }) =>
    reaction?.key?.id ? { kind: "reaction", messageId: reaction.key.id, ...(reaction.text && { emoji: reaction.text }) } : undefined,
  pollCreationMessage: poll,
  pollCreationMessageV2: poll,
  pollCreationMessageV3: poll,
  pinInChatMessage: ({ pinInChatMessage: pin, messageContextInfo }) => {
    const seconds = messageContextInfo?.messageAddOnDurationInSecs;
    return pin?.key?.id
      ? { kind: "pin", messageId: pin.key.id, pinned: pin.type === PINNED, ...(pin.type === PINNED && seconds && { seconds }) }
      : undefined;
  },
  buttonsResponseMessage: ({ buttonsResponseMessage: tap }) => ({
    kind: "button_reply",
    id: tap?.selectedButtonId ?? "",
    title: tap?.selectedDisplayText ?? "",
  }),
  templateButtonReplyMessage: ({ templateButtonReplyMessage: tap }) => ({
    kind: "button_reply",
    id: tap?.selectedId ?? "",
    title: tap?.selectedDisplayText ?? "",
  }),
  listResponseMessage: ({ listResponseMessage: row }) => ({
    kind: "list_reply",
    id: row?.singleSelectReply?.selectedRowId ?? "",
    title: row?.title ?? "",
    ...(row?.description && { description: row.description }),
  }),
};

// PinInChatMessage.Type in WAProto
const PINNED = 1;

/** What a message says; nothing where it says nothing to a person. What this version has no word for is `unknown` by WhatsApp's own name. Pure. */
export function readContent(given: Body | null | undefined, of: ReadingOf): ReadContent | undefined {
  if (!given) return undefined;
  const { body, viewOnce } = unwrap(given);
  const kind = kindOf(body);
  if (kind === undefined) return undefined;
  const content = READERS[kind]?.(body, of) ?? { kind: "unknown", vendorType: kind };
  const { stanzaId, isForwarded } = contextOf(body) ?? {};
  return {
    content: viewOnce && "media" in content ? { ...content, viewOnce: true } : content,
    ...(stanzaId && { replyTo: stanzaId }),
    ...(isForwarded && { forwarded: true }),
  };
}

function file(body: Body, { message, seal }: ReadingOf): InboundContent | undefined {
  const content = readFile(body, message, seal);
  return content && { ...content, ...mentionsOf(contextOf(body)) };
}

function poll(body: Body): InboundContent | undefined {
  const found = body.pollCreationMessage ?? body.pollCreationMessageV2 ?? body.pollCreationMessageV3;
  if (!found) return undefined;
  const { name, options, selectableOptionsCount: selectable } = found;
  return {
    kind: "poll",
    question: name ?? "",
    options: (options ?? []).map(({ optionName }) => optionName ?? ""),
    ...(selectable && { selectable }),
  };
}

function placeOf(place: Body["locationMessage"] | Body["liveLocationMessage"]): InboundContent | undefined {
  if (typeof place?.degreesLatitude !== "number" || typeof place.degreesLongitude !== "number") return undefined;
  const { name, address, url } = place as NonNullable<Body["locationMessage"]>;
  return {
    kind: "location",
    latitude: place.degreesLatitude,
    longitude: place.degreesLongitude,
    ...(name && { name }),
    ...(address && { address }),
    ...(url && { url }),
  };
}

function mentionsOf(context: ContextInfo | null | undefined): { readonly mentions?: readonly Contact[] } {
  const mentions = (context?.mentionedJid ?? []).flatMap((jid) => contactOf([jid]) ?? []);
  return mentions.length > 0 ? { mentions } : {};
}
