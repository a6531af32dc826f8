import type { MessageReceived } from "@wadesk/core";
import { contactKey, contactOrder, type InboundEvent } from "@wadesk/core/ports";
import { readContact, routeOf } from "../wire/address.ts";
import { type Form, textOf } from "../wire/form.ts";
import { readContents } from "./content.ts";

type Referral = NonNullable<MessageReceived["referral"]>;
type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** What a message is read with: where it came in, by which id and when. */
export interface Arrival {
  readonly accountSid: string;
  /** Ours, in E.164. */
  readonly number: string;
  readonly messageId: string;
  /** Milliseconds since the epoch, or 0. */
  readonly at: number;
}

/** Reads a message that came in; one event for each of its files. Nothing when it names no sender. */
export function readMessage(form: Form, { accountSid, number, messageId, at }: Arrival): readonly InboundEvent[] | undefined {
  const contact = readContact(form, textOf(form.From), textOf(form.ProfileName));
  const participant = contactKey(contact);
  if (participant === "unknown") return undefined;
  const route = routeOf(accountSid, number);
  const order = contactOrder(route, contact);
  const key = `${route}|${participant}|${participant}|${messageId}`;
  return readContents(form).map((content, index): InboundEvent => {
    const data: Writable<MessageReceived> = { messageId, contact, content, raw: form };
    const replyTo = textOf(form.OriginalRepliedMessageSid);
    if (replyTo !== undefined) data.replyTo = replyTo;
    if (form.Forwarded === "true" || form.FrequentlyForwarded === "true") data.forwarded = true;
    const referral = readReferral(form);
    if (referral !== undefined) data.referral = referral;
    return { key: index === 0 ? key : `${key}|${index}`, route, ...order, type: "message.received", at, data };
  });
}

// sent with the first message after a click on an ad or a link
function readReferral(form: Form): Referral | undefined {
  const { ReferralSourceUrl, ReferralSourceId, ReferralSourceType, ReferralHeadline, ReferralBody, ReferralCtwaClid } = form;
  const mediaUrl = textOf(form.ReferralMediaUrl);
  const named = ReferralSourceUrl || ReferralSourceId || ReferralSourceType || ReferralHeadline || ReferralBody || ReferralCtwaClid;
  if (!named && mediaUrl === undefined) return undefined;
  return {
    ...(ReferralSourceUrl && { sourceUrl: ReferralSourceUrl }),
    ...(ReferralSourceId && { sourceId: ReferralSourceId }),
    ...(ReferralSourceType && { sourceType: ReferralSourceType }),
    ...(ReferralHeadline && { headline: ReferralHeadline }),
    ...(ReferralBody && { body: ReferralBody }),
    ...(ReferralCtwaClid && { clickId: ReferralCtwaClid }),
    ...(mediaUrl !== undefined && readShown(mediaUrl, textOf(form.ReferralMediaContentType))),
  };
}

// a file without a type is a picture: that is what an ad shows unless it says otherwise
function readShown(url: string, contentType: string | undefined): Pick<Referral, "mediaType" | "imageUrl" | "videoUrl"> {
  const mediaType = contentType?.split("/", 1)[0]?.toLowerCase();
  return {
    ...(mediaType !== undefined && { mediaType }),
    ...((mediaType === undefined || mediaType === "image") && { imageUrl: url }),
    ...(mediaType === "video" && { videoUrl: url }),
  };
}
