import { type Contact, type LocationContent, type MediaContent, type OutboundContent, WadeskError } from "@wadesk/core";
import type { OutboundMessage } from "@wadesk/core/ports";
import { WHATSAPP } from "../wire/address.ts";
import { type Checks, createChecks } from "./checks.ts";
import { type TemplatePayload, templatePayload } from "./template.ts";

/** One message as Twilio's client takes it. */
export interface MessagePayload extends Partial<TemplatePayload> {
  readonly from: string;
  readonly to: string;
  readonly body?: string;
  readonly mediaUrl?: string[];
  readonly persistentAction?: string[];
  readonly statusCallback?: string;
}

/** Where a message goes out, and where Twilio reports what became of it. */
export interface Sending {
  /** Ours, in E.164. */
  readonly number: string;
  readonly statusCallback: string | undefined;
}

/** Twilio's limit on a body; WhatsApp's own is 4096. */
const TEXT = 1600;
const CAPTIONED: readonly MediaContent["kind"][] = ["image", "video"];

/**
 * One message as `Messages` takes it. Pure. Twilio has no way to answer a certain message, so what `replyTo` names is left out and the
 * content goes out all the same; nor can it ask for a link's preview, or name a document, which bears the name in its URL.
 * @throws WadeskError `content_invalid` naming each field that Twilio would refuse, `recipient_invalid` when nobody is named.
 */
export function messagePayload({ to, content }: OutboundMessage, { number, statusCallback }: Sending): MessagePayload {
  const checks = createChecks();
  const body = contentPayload(content, checks);
  checks.done();
  return { from: WHATSAPP + number, to: WHATSAPP + recipientOf(to), ...body, ...(statusCallback !== undefined && { statusCallback }) };
}

const USER_ID = /^[A-Z]{2}(\.ENT)?\.[A-Za-z0-9]{1,128}$/;

/** By phone where there is one, else by business-scoped user id, as Twilio writes it in `From`. */
function recipientOf({ phone, userId }: Contact): string {
  if (phone !== undefined) {
    if (!/^\+[1-9]\d{5,14}$/.test(phone)) throw new WadeskError("recipient_invalid");
    return phone;
  }
  if (userId === undefined) throw new WadeskError("recipient_invalid", { detail: "Twilio reaches people by phone or userId" });
  if (!USER_ID.test(userId)) throw new WadeskError("recipient_invalid", { detail: "a userId looks like BR.1A2b3C" });
  return userId;
}

type Body = Omit<MessagePayload, "from" | "to" | "statusCallback">;

function contentPayload(content: OutboundContent, checks: Checks): Body {
  switch (content.kind) {
    case "text":
      checks.text(content.text, "text", TEXT);
      return { body: content.text };
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker":
      return mediaPayload(content, checks);
    case "location":
      return locationPayload(content, checks);
    case "template":
      return templatePayload(content, checks);
    default:
      throw new WadeskError("content_unsupported", { detail: `Twilio sends "${content.kind}" as a Content template only` });
  }
}

function mediaPayload({ kind, media, caption }: MediaContent, checks: Checks): Body {
  if (media.url === undefined) checks.that(false, "media.url", "is missing; Twilio takes files by their URL", "required");
  else checks.link(media.url, "media.url");
  if (caption !== undefined) {
    const captioned = CAPTIONED.includes(kind);
    checks.that(captioned, "caption", `a message of kind ${kind} has no caption at Twilio; send the text as its own message`, "conflicts", {
      with: "kind",
    });
    if (captioned) checks.text(caption, "caption", TEXT);
  }
  return { mediaUrl: [media.url ?? ""], ...(caption !== undefined && { body: caption }) };
}

function locationPayload({ latitude, longitude, name, address }: LocationContent, checks: Checks): Body {
  checks.that(Math.abs(latitude) <= 90, "latitude", "must be degrees between -90 and 90", "too_high", { max: 90 });
  checks.that(Math.abs(longitude) <= 180, "longitude", "must be degrees between -180 and 180", "too_high", { max: 180 });
  // in digits always: an exponent is no degree to Twilio
  const point = `${decimal(latitude)},${decimal(longitude)}`;
  const label = address ?? name;
  // a body is demanded of every message
  const body = name ?? address ?? point;
  checks.text(body, "name", TEXT);
  return { body, persistentAction: [`geo:${point}${label === undefined ? "" : `|${label}`}`] };
}

/** Degrees to about a centimetre. */
function decimal(degrees: number): string {
  return degrees.toFixed(7).replace(/\.?0+$/, "");
}
