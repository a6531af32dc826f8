import type { InboundEvent } from "@wadesk/core/ports";
import { asList, asNumber, asRecord, asText, asTime, present, type Wire } from "../../wire/wire.ts";
import { ofNumber, type Source, unknownEvent } from "../source.ts";

// Meta's pages write these words in two ways
const CONVERSIONS: ReadonlyMap<string, string> = new Map([
  ["leadsubmitted", "lead"],
  ["lead_submitted", "lead"],
  ["purchase", "purchase"],
]);

/**
 * Reads the sales and leads that Meta finds in conversations which an ad led to.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/automatic_events
 */
export function readConversions(value: Wire, source: Source, events: InboundEvent[]): void {
  for (const item of asList(value.automatic_events)) {
    const found = asRecord(item);
    const messageId = asText(found?.id);
    const name = asText(found?.event_name);
    if (found === undefined || messageId === undefined || name === undefined || !source.ofNumber) {
      events.push(unknownEvent(source, item, "number"));
      continue;
    }
    const custom = asRecord(found.custom_data);
    const data = {
      messageId,
      conversion: CONVERSIONS.get(name.toLowerCase()) ?? name,
      ...present({ clickId: asText(found.ctwa_clid), currency: asText(custom?.currency), value: asNumber(custom?.value) }),
      raw: item,
    };
    events.push({ ...ofNumber(source, item), type: "conversion.detected", at: asTime(found.timestamp, source.at), data });
  }
}

/**
 * Reads the `events` of marketing messages.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/marketing-messages/track-click-events
 */
export function readTrackingEvents(value: Wire, source: Source, events: InboundEvent[]): void {
  readTracked(asList(value.events), "event_name", "tracking_data", source, events);
}

/** Reads what people did with a marketing message, which comes among messages. */
export function readUserActions(value: Wire, source: Source, events: InboundEvent[]): void {
  readTracked(asList(value.user_actions), "action_type", "marketing_messages_link_click_data", source, events);
}

function readTracked(items: readonly unknown[], name: string, details: string, source: Source, events: InboundEvent[]): void {
  for (const item of items) {
    const tracked = asRecord(item);
    const action = asText(tracked?.[name]);
    if (tracked === undefined || action === undefined || !source.ofNumber) {
      events.push(unknownEvent(source, item, "number"));
      continue;
    }
    const detail = asRecord(tracked[details]);
    const facts = {
      clickId: asText(detail?.click_id),
      token: asText(detail?.tracking_token),
      part: asText(detail?.click_component),
      productId: asText(detail?.product_id),
    };
    const data = { action, ...present(facts), raw: item };
    events.push({ ...ofNumber(source, item), type: "marketing.tracked", at: asTime(tracked.timestamp, source.at), data });
  }
}
