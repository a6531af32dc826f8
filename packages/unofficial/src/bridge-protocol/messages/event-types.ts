import type { EventType } from "@wadesk/core";

/** Every type of event; one that is forgotten here does not compile. */
const TYPES: Readonly<Record<EventType, true>> = {
  "message.received": true,
  "message.echoed": true,
  "message.edited": true,
  "message.revoked": true,
  "message.status": true,
  "contact.changed": true,
  "template.changed": true,
  "number.changed": true,
  "account.changed": true,
  "call.changed": true,
  "history.received": true,
  "contacts.synced": true,
  "preference.changed": true,
  "group.changed": true,
  "presence.changed": true,
  "flow.changed": true,
  "conversation.observed": true,
  "conversation.transferred": true,
  "conversion.detected": true,
  "marketing.tracked": true,
  "provider.error": true,
  "event.unknown": true,
};

/** The types of events that this version knows. */
export const EVENT_TYPES: ReadonlySet<string> = new Set(Object.keys(TYPES));
