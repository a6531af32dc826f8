import type { ContactCard } from "@wadesk/core";
import { asList, asRecord, asText, present, type Wire } from "../wire.ts";

/** Reads the address-book cards of a `contacts` message. */
export function readCards(value: unknown): readonly ContactCard[] {
  return asList(value).flatMap((item) => {
    const card = asRecord(item);
    return card === undefined ? [] : [readCard(card)];
  });
}

function readCard(card: Wire): ContactCard {
  const name = asRecord(card.name);
  const first = asText(name?.first_name);
  const last = asText(name?.last_name);
  const phones = each(card.phones, (item) => {
    const phone = asText(item.phone) ?? asText(item.wa_id);
    return phone === undefined ? undefined : { phone, ...present({ type: asText(item.type), whatsappId: asText(item.wa_id) }) };
  });
  const formatted = asText(name?.formatted_name) ?? ([first, last].filter(Boolean).join(" ") || phones?.[0]?.phone) ?? "";
  return present({
    name: { formatted, ...present({ first, last }) },
    phones,
    emails: each(card.emails, (item) => typed("email", item.email, item)),
    organization: readOrganization(card.org),
    urls: each(card.urls, (item) => typed("url", item.url, item)),
    addresses: each(card.addresses, readAddress),
    birthday: asText(card.birthday),
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
