import { type Contact, type ContactsSynced, contactKey, type InboundEvent } from "@wadesk/core";
import { isKnown, profileOf, readContact } from "../contact.ts";
import { ofNumber, type Source, unknownEvent } from "../source.ts";
import { asList, asRecord, asText, asTime, present, type Wire } from "../wire.ts";

/** Reads who opted in to or out of marketing. */
export function readPreferences(value: Wire, source: Source, events: InboundEvent[]): void {
  const items = asList(value.user_preferences);
  for (const item of items) {
    const preference = asRecord(item);
    const category = asText(preference?.category);
    const choice = asText(preference?.value);
    if (preference === undefined || category === undefined || choice === undefined) {
      events.push(unknownEvent(source, item, "number"));
      continue;
    }
    const { wa_id: phone, user_id: userId } = preference;
    const contact = readContact(phone, userId, profileOf(value.contacts, phone, userId, items.length === 1));
    const at = asTime(preference.timestamp, source.at);
    const data = { contact, category, value: choice, raw: item };
    events.push({ ...ofNumber(source, item), orderKey: orderOf(source, contact), type: "preference.changed", at, data });
  }
}

/** Reads business-scoped ids that were replaced by new ones. */
export function readUserIds(value: Wire, source: Source, events: InboundEvent[]): void {
  for (const item of asList(value[source.field])) {
    const update = asRecord(item);
    const ids = asRecord(update?.user_id);
    const contact = readContact(update?.wa_id, ids === undefined ? update?.user_id : ids.current);
    const previous = readContact(undefined, ids === undefined ? update?.previous_user_id : ids.previous);
    if (!isKnown(contact) || !isKnown(previous)) {
      events.push(unknownEvent(source, item, "number"));
      continue;
    }
    const data = { contact, previous, ...present({ text: asText(update?.detail) }), raw: item };
    const at = asTime(update?.timestamp, source.at);
    events.push({ ...ofNumber(source, item), orderKey: orderOf(source, previous), type: "contact.changed", at, data });
  }
}

/** Reads the address book of the phone app that shares the number. */
export function readContactsSync(value: Wire, source: Source, events: InboundEvent[]): void {
  const items = asList(value.state_sync);
  const contacts = items.flatMap((item): ContactsSynced["contacts"][number][] => {
    const entry = asRecord(item);
    const card = asRecord(entry?.contact);
    if (entry === undefined || card === undefined) return [];
    const profile = { profile: { name: card.full_name ?? card.first_name, username: card.username } };
    const contact = readContact(card.phone_number, card.user_id, profile);
    if (!isKnown(contact)) return [];
    const at = asTime(asRecord(entry.metadata)?.timestamp, 0);
    return [{ contact, action: entry.action === "remove" ? "remove" : "add", ...(at > 0 && { at }) }];
  });
  if (items.length === 0) return;
  events.push({ ...ofNumber(source, items), type: "contacts.synced", at: source.at, data: { contacts, raw: items } });
}

function orderOf(source: Source, contact: Contact): string {
  return `${source.route}|${contactKey(contact)}`;
}
