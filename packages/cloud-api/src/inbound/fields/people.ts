import type { Contact, ContactChanged, ContactsSynced } from "@wadesk/core";
import { contactOrder, type InboundEvent } from "@wadesk/core/ports";
import { asList, asRecord, asText, asTime, present, type Wire } from "../../wire/wire.ts";
import { isKnown, profileOf, readContact } from "../contact.ts";
import { ofNumber, type Source, unknownEvent } from "../source.ts";

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
    const { wa_id: phone, user_id: userId, parent_user_id: parentUserId } = preference;
    const contact = readContact(phone, userId, profileOf(value.contacts, phone, userId, items.length === 1), { parentUserId });
    const at = asTime(preference.timestamp, source.at);
    const data = { contact, category, value: choice, raw: item };
    events.push({ ...ofNumber(source, item), ...contactOrder(source.route, contact), type: "preference.changed", at, data });
  }
}

/** Reads business-scoped ids that were replaced by new ones. */
export function readUserIds(value: Wire, source: Source, events: InboundEvent[]): void {
  for (const item of asList(value.user_id_update)) {
    const update = asRecord(item);
    const ids = asRecord(update?.user_id);
    const parents = asRecord(update?.parent_user_id);
    const contact = readContact(update?.wa_id, ids === undefined ? update?.user_id : ids.current, undefined, {
      parentUserId: parents === undefined ? update?.parent_user_id : parents.current,
    });
    const previous = readContact(undefined, ids === undefined ? update?.previous_user_id : ids.previous, undefined, {
      parentUserId: parents === undefined ? update?.previous_parent_user_id : parents.previous,
    });
    if (!isKnown(contact) || !isKnown(previous)) {
      events.push(unknownEvent(source, item, "number"));
      continue;
    }
    const data = { contact, previous, ...present({ text: asText(update?.detail) }), raw: item };
    const at = asTime(update?.timestamp, source.at);
    events.push({ ...ofNumber(source, item), ...contactOrder(source.route, previous), type: "contact.changed", at, data });
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
    const contact = readContact(card.phone_number, card.user_id, profile, { parentUserId: card.parent_user_id });
    if (!isKnown(contact)) return [];
    const at = asTime(asRecord(entry.metadata)?.timestamp, 0);
    return [{ contact, action: entry.action === "remove" ? "remove" : "add", ...(at > 0 && { at }) }];
  });
  if (items.length === 0) return;
  events.push({ ...ofNumber(source, items), type: "contacts.synced", at: source.at, data: { contacts, raw: items } });
}

const IDENTITY_CHANGES: readonly unknown[] = ["customer_identity_changed", "user_identity_changed"];

/**
 * Reads a `system` message: a new number, a new business-scoped id, or new keys. A new number comes with a new id, and either may be all that
 * Meta tells. Nothing where it tells none of them, or of nobody.
 */
export function readSystem(message: Wire, sender: Contact): Omit<ContactChanged, "raw"> | undefined {
  const system = asRecord(message.system);
  if (system === undefined) return undefined;
  const text = present({ text: asText(system.body) });
  const from = asText(message.from) ?? system.customer;
  if (IDENTITY_CHANGES.includes(system.type)) {
    const previous = readContact(from, sender.userId, undefined, sender);
    const identityKey = asText(system.identity) ?? asText(asRecord(message.identity)?.hash);
    return isKnown(previous) ? { contact: { ...previous, ...present({ identityKey }) }, previous, ...text } : undefined;
  }
  const userId = asText(system.user_id);
  const previousId = asText(system.previous_user_id) ?? (sender.userId === userId ? undefined : sender.userId);
  const contact = readContact(system.wa_id ?? system.new_wa_id, userId, undefined, { parentUserId: system.parent_user_id });
  const previous = readContact(from, previousId, undefined, { parentUserId: system.previous_parent_user_id });
  return isKnown(contact) && isKnown(previous) ? { contact, previous, ...text } : undefined;
}
