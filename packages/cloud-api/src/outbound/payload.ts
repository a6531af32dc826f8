import { type Contact, type OutboundContent, type ReadMark, WadeskError } from "@wadesk/core";
import type { OutboundMessage } from "@wadesk/core/ports";
import type { Wire } from "../wire/wire.ts";
import { type Checks, createChecks } from "./checks.ts";
import { contactsPayload } from "./contacts.ts";
import { buttonsPayload, ctaUrlPayload, listPayload } from "./interactive.ts";
import { mediaPayload } from "./media.ts";
import { templatePayload } from "./template.ts";

const TEXT = 4096;

/**
 * One message as `POST /messages` takes it; our id rides along and comes back with its statuses. Pure.
 * @throws WadeskError `content_invalid` naming each field that Meta would refuse, `recipient_invalid` when nobody is named.
 */
export function messagePayload(message: OutboundMessage): Wire {
  const { content, replyTo, id } = message;
  const checks = createChecks();
  const body = contentPayload(content, checks);
  checks.done();
  return {
    messaging_product: "whatsapp",
    recipient_type: "individual",
    ...recipientPayload(message.to),
    // a reaction names its message itself
    ...(replyTo !== undefined && content.kind !== "reaction" && { context: { message_id: replyTo } }),
    ...body,
    biz_opaque_callback_data: id,
  };
}

/** Whom it is for: by phone where there is one, since it wins at Meta too, else by business-scoped id. */
function recipientPayload(to: Contact): { readonly to: string } | { readonly recipient: string } {
  if (to.phone !== undefined) {
    if (!/^\+[1-9]\d{5,14}$/.test(to.phone)) throw new WadeskError("recipient_invalid");
    return { to: to.phone };
  }
  if (to.userId !== undefined && to.userId !== "") return { recipient: to.userId };
  throw new WadeskError("recipient_invalid", { detail: "Meta reaches people by phone or userId" });
}

function contentPayload(content: OutboundContent, checks: Checks): Wire {
  switch (content.kind) {
    case "text":
      checks.text(content.text, "text", TEXT);
      return { type: "text", text: { body: content.text, ...(content.preview !== undefined && { preview_url: content.preview }) } };
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker":
      return { type: content.kind, [content.kind]: mediaPayload(content, checks) };
    case "location":
      return { type: "location", location: locationPayload(content, checks) };
    case "contacts":
      return { type: "contacts", contacts: contactsPayload(content, checks) };
    case "reaction":
      checks.that(content.messageId !== "", "messageId", "must be the id of the message reacted to", "required");
      return { type: "reaction", reaction: { message_id: content.messageId, emoji: content.emoji ?? "" } };
    case "template":
      return { type: "template", template: templatePayload(content, checks) };
    case "buttons":
      return { type: "interactive", interactive: buttonsPayload(content, checks) };
    case "list":
      return { type: "interactive", interactive: listPayload(content, checks) };
    case "cta_url":
      return { type: "interactive", interactive: ctaUrlPayload(content, checks) };
    default:
      throw new WadeskError("content_unsupported", { detail: `Meta has no "${content.kind}"` });
  }
}

function locationPayload(place: Extract<OutboundContent, { kind: "location" }>, checks: Checks): object {
  const { latitude, longitude, name, address } = place;
  checks.that(Math.abs(latitude) <= 90, "latitude", "must be degrees between -90 and 90", "too_high", { max: 90 });
  checks.that(Math.abs(longitude) <= 180, "longitude", "must be degrees between -180 and 180", "too_high", { max: 180 });
  return { latitude, longitude, ...(name !== undefined && { name }), ...(address !== undefined && { address }) };
}

/** A read receipt as `POST /messages` takes it, with a typing indicator where asked. Pure. */
export function readMarkPayload({ messageId, typing }: ReadMark): Wire {
  return {
    messaging_product: "whatsapp",
    status: "read",
    message_id: messageId,
    ...(typing === true && { typing_indicator: { type: "text" } }),
  };
}
