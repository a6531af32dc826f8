import type { ContactCard } from "@wadesk/core";
import { asList, asRecord, asText, present, type Wire } from "../../wire/wire.ts";
import { readVcard } from "./vcard.ts";

/** Reads the address-book cards of a `contacts` message. */
export function readCards(value: unknown): readonly ContactCard[] {
  return asList(value).flatMap((item) => {
    const card = asRecord(item);
    return card === undefined ? [] : [readCard(card)];
  });
}

function readCard(card: Wire): ContactCard {
  const name = asRecord(card.name);
  const vcard = asText(card.vcard);
  const written = vcard === undefined ? undefined : readVcard(vcard);
  const first = asText(name?.first_name) ?? written?.first;
  const last = asText(name?.last_name) ?? written?.last;
  const phones = each(card.phones, (item) => {
    const phone = asText(item.phone) ?? asText(item.wa_id);
    return phone === undefined ? undefined : { phone, ...present({ type: asText(item.type), whatsappId: asText(item.wa_id) }) };
  });
  const shown = asText(name?.formatted_name) ?? written?.formatted ?? asText([first, last].filter(Boolean).join(" "));
  const known = phones ?? written?.phones;
  return present({
    name: { formatted: shown ?? known?.[0]?.phone ?? "", ...present({ first, last }) },
    phones: known,
    emails: each(card.emails, (item) => typed("email", item.email, item)) ?? written?.emails,
    organization: readOrganization(card.org) ?? written?.organization,
    urls: each(card.urls, (item) => typed("url", item.url, item)) ?? written?.urls,
    addresses: each(card.addresses, readAddress),
    birthday: asText(card.birthday) ?? written?.birthday,
    vcard,
    requested: card.origin === undefined ? undefined : card.origin === "contact_request",
  });
}

function each<Item>(value: unknown, read: (item: Wire) => Item | undefined): readonly Item[] | undefined {
  const items = asList(value).flatMap((item) => {
    const record = asRecord(item);
    const result = record && read(record);
    return result === undefined ? [] : [result];
  });
  return items.length === 0 ? undefined : items;
}

function typed<Name extends string>(name: Name, value: unknown, item: Wire): ({ [Key in Name]: string } & { type?: string }) | undefined {
  const text = asText(value);
  if (text === undefined) return undefined;
  return { [name]: text, ...present({ type: asText(item.type) }) } as { [Key in Name]: string } & { type?: string };
}

function readOrganization(value: unknown): ContactCard["organization"] {
  const org = asRecord(value);
  return org && present({ company: asText(org.company), department: asText(org.department), title: asText(org.title) });
}

function readAddress(item: Wire): NonNullable<ContactCard["addresses"]>[number] {
  return present({
    street: asText(item.street),
    city: asText(item.city),
    state: asText(item.state),
    zip: asText(item.zip),
    country: asText(item.country),
    countryCode: asText(item.country_code),
    type: asText(item.type),
  });
}
