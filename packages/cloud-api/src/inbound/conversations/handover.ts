import type { ConversationTransferred } from "@wadesk/core";
import { contactOrder, type InboundEvent } from "@wadesk/core/ports";
import { asRecord, asText, asTime, present, type Wire } from "../../wire/wire.ts";
import { isKnown, readContact } from "../contact.ts";
import { readSummary } from "../content/context.ts";
import { ofNumber, type Source } from "../source.ts";

const CHANGES: ReadonlyMap<unknown, ConversationTransferred["change"]> = new Map<string, ConversationTransferred["change"]>([
  ["control_passed", "gained"],
  ["control_taken", "lost"],
]);

/**
 * Reads that a conversation came to us or was taken from us.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messaging-handovers
 */
export function readHandover(value: Wire, source: Source, events: InboundEvent[]): void {
  const change = CHANGES.get(value.type);
  if (change === undefined || !source.ofNumber) return;
  const control = asRecord(value[String(value.type)]);
  const sender = asRecord(value.sender);
  const contact = readContact(sender?.phone_number, sender?.user_id, undefined, { parentUserId: sender?.parent_user_id });
  const address = ofNumber(source, value);
  const known = isKnown(contact);
  events.push({
    ...address,
    ...(known && contactOrder(source.route, contact)),
    type: "conversation.transferred",
    at: asTime(value.timestamp, source.at),
    data: {
      ...(known && { contact }),
      change,
      ...present({
        // the role of an app is the older word
        previous: asText(control?.previous_owner_role) ?? asText(control?.previous_owner_app_role),
        current: asText(control?.new_owner_role),
        note: asText(control?.metadata),
        summary: readSummary(control?.conversation_context),
      }),
      raw: value,
    },
  });
}
