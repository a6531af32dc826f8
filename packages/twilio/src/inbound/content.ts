import type { ContactCard, InboundContent, MediaContent } from "@wadesk/core";
import { isStorable, parseJson } from "@wadesk/core/ports";
import { type Form, textOf } from "../wire/form.ts";

type MediaKind = MediaContent["kind"];
type Kind = MediaKind | "contacts";

// one row per `MessageType` that carries a file
const KIND_OF_TYPE: ReadonlyMap<string | undefined, Kind> = new Map<string, Kind>([
  ["image", "image"],
  ["video", "video"],
  ["audio", "audio"],
  ["voice", "audio"],
  ["document", "document"],
  ["sticker", "sticker"],
  ["contacts", "contacts"],
]);

// Twilio sends ten at most
const MOST_FILES = 10;
const NO_FILES: readonly InboundContent[] = [];
const CAPTIONED: readonly Kind[] = ["image", "video"];

/**
 * Reads what a message says: one content, or one for each file where there are several. Whatever has no word here is `unknown`.
 * @see https://www.twilio.com/docs/messaging/guides/webhook-request
 */
export function readContents(form: Form): readonly [InboundContent, ...InboundContent[]] {
  const single = readReply(form) ?? readLocation(form);
  if (single !== undefined) return [single];
  const count = Math.min(Number(form.NumMedia) || 0, MOST_FILES);
  const [first, ...rest] = count > 0 ? readFiles(form, count) : NO_FILES;
  return first === undefined ? [readText(form)] : [first, ...rest];
}

function readText(form: Form): InboundContent {
  const type = textOf(form.MessageType);
  const body = textOf(form.Body);
  if (type === "unsupported") return { kind: "unsupported", vendorType: type, ...(body !== undefined && { reason: body }) };
  // an older webhook names no type, and every interactive answer has its text too
  const readable = type === undefined || type === "text" || type === "button" || type === "interactive";
  return readable && body !== undefined ? { kind: "text", text: body } : { kind: "unknown", vendorType: type ?? "none" };
}

function readReply(form: Form): InboundContent | undefined {
  const listId = textOf(form.ListId);
  if (listId !== undefined) {
    const description = textOf(form.ListDescription);
    const title = textOf(form.ListTitle) ?? textOf(form.Body) ?? listId;
    return { kind: "list_reply", id: listId, title, ...(description !== undefined && { description }) };
  }
  const title = textOf(form.ButtonText);
  const id = textOf(form.ButtonPayload) ?? title;
  if (id !== undefined) return { kind: "button_reply", id, title: title ?? textOf(form.Body) ?? id };
  // quoted under both names, by no page of Twilio's; the answers alone, where both are told
  const response = textOf(form.FlowData) ?? textOf(form.InteractiveData);
  if (response === undefined) return undefined;
  const text = textOf(form.Body);
  return { kind: "flow_reply", response: parsed(response), ...(text !== undefined && { text }) };
}

// the form's answer is JSON inside a field, and that field's text where it is nested too deep
function parsed(text: string): unknown {
  try {
    const answer = parseJson(text);
    return isStorable(answer) ? answer : text;
  } catch {
    return text;
  }
}

function readLocation(form: Form): InboundContent | undefined {
  const latitude = degrees(textOf(form.Latitude));
  const longitude = degrees(textOf(form.Longitude));
  if (latitude === undefined || longitude === undefined) return undefined;
  const name = textOf(form.Label);
  const address = textOf(form.Address);
  return { kind: "location", latitude, longitude, ...(name !== undefined && { name }), ...(address !== undefined && { address }) };
}

function degrees(text: string | undefined): number | undefined {
  const number = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}

function readFiles(form: Form, count: number): readonly InboundContent[] {
  const contents: InboundContent[] = [];
  const cards: ContactCard[] = [];
  for (let index = 0; index < count; index += 1) {
    const url = textOf(form[`MediaUrl${index}`]);
    if (url === undefined) continue;
    const mimeType = textOf(form[`MediaContentType${index}`]);
    const kind = kindOf(textOf(form.MessageType), mimeType);
    if (kind === "contacts") cards.push(cardOf(form, url, mimeType));
    else contents.push(mediaOf(form, kind, url, mimeType, contents.length === 0));
  }
  if (cards.length > 0) contents.push({ kind: "contacts", contacts: cards });
  return contents;
}

function kindOf(type: string | undefined, mimeType: string | undefined): Kind {
  const known = KIND_OF_TYPE.get(type);
  if (known !== undefined) return known;
  if (mimeType === undefined) return "document";
  if (/^text\/(x-)?vcard/i.test(mimeType)) return "contacts";
  // WhatsApp has photos as JPEG and PNG alone
  if (mimeType === "image/webp") return "sticker";
  const [top] = mimeType.split("/", 1);
  return top === "image" || top === "video" || top === "audio" ? top : "document";
}

// the card itself is a file that only the account's credentials open; its name may stand in the body
function cardOf(form: Form, url: string, mimeType: string | undefined): ContactCard {
  const formatted = (textOf(form.Body) ?? "").replace(/\.vcf$/i, "");
  return { name: { formatted }, urls: [{ url, ...(mimeType !== undefined && { type: mimeType }) }] };
}

// the body is the caption, and a document's file name
function mediaOf(form: Form, kind: MediaKind, url: string, mimeType: string | undefined, first: boolean): MediaContent {
  const body = first ? textOf(form.Body) : undefined;
  return {
    kind,
    media: { url, ...(mimeType !== undefined && { mimeType }) },
    ...(body !== undefined && CAPTIONED.includes(kind) && { caption: body }),
    ...(body !== undefined && kind === "document" && { fileName: body }),
  };
}
