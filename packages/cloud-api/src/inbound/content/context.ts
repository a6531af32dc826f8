import type { MessageReceived } from "@wadesk/core";
import { asRecord, asText, present, type Wire } from "../../wire/wire.ts";

/** Where a message stands: what it answers, whether it was passed on, and its group. */
export type Place = Pick<MessageReceived, "replyTo" | "forwarded" | "groupId">;

/** Reads where a message stands. */
export function readPlace(message: Wire): Place {
  const place: { -readonly [Key in keyof Place]: Place[Key] } = {};
  const groupId = asText(message.group_id);
  if (groupId !== undefined) place.groupId = groupId;
  const context = asRecord(message.context);
  if (context === undefined) return place;
  const replyTo = asText(context.id);
  if (replyTo !== undefined) place.replyTo = replyTo;
  if (context.forwarded === true || context.frequently_forwarded === true) place.forwarded = true;
  return place;
}

/** Reads what led a person to write: the ad or link of a click, and the product of the catalog that is asked about. */
export function readOccasion(message: Wire): Pick<MessageReceived, "referral" | "product"> {
  const referral = asRecord(message.referral);
  const product = asRecord(asRecord(message.context)?.referred_product);
  const productId = asText(product?.product_retailer_id);
  return {
    ...(referral !== undefined && { referral: readReferral(referral) }),
    ...(productId !== undefined && { product: { productId, ...present({ catalogId: asText(product?.catalog_id) }) } }),
  };
}

function readReferral(referral: Wire): NonNullable<MessageReceived["referral"]> {
  return present({
    sourceUrl: asText(referral.source_url),
    sourceId: asText(referral.source_id),
    sourceType: asText(referral.source_type),
    headline: asText(referral.headline),
    body: asText(referral.body),
    clickId: asText(referral.ctwa_clid),
    mediaType: asText(referral.media_type),
    imageUrl: asText(referral.image_url),
    videoUrl: asText(referral.video_url),
    thumbnailUrl: asText(referral.thumbnail_url),
    greeting: asText(asRecord(referral.welcome_message)?.text),
  });
}

/**
 * Reads what Meta's model says of a conversation so far, where it was another sender's until now.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/conversation-routing/conversation-context/
 */
export function readSummary(context: unknown): string | undefined {
  return asText(asRecord(asRecord(context)?.summary)?.text);
}
