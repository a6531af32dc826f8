import type { ContactCard, ContactsContent } from "@wadesk/core";
import type { Checks } from "./checks.ts";

const MOST = 257;

/** Address-book cards as Meta takes them. */
export function contactsPayload({ contacts }: ContactsContent, checks: Checks): readonly object[] {
  checks.that(contacts.length >= 1 && contacts.length <= MOST, "contacts", `has ${contacts.length}; Meta takes 1 to ${MOST}`, "too_many", {
    max: MOST,
  });
  return contacts.map((card, index) => cardPayload(card, `contacts.${index}`, checks));
}

function cardPayload(card: ContactCard, field: string, checks: Checks): object {
  const { formatted, first, last } = card.name;
  checks.text(formatted, `${field}.name.formatted`, 1024);
  checks.that(card.birthday === undefined || /^\d{4}-\d{2}-\d{2}$/.test(card.birthday), `${field}.birthday`, "must be YYYY-MM-DD");
  const name = {
    formatted_name: formatted,
    ...(first !== undefined && { first_name: first }),
    ...(last !== undefined && { last_name: last }),
    // Meta wants one part of the name beside the whole
    ...(first === undefined && last === undefined && { first_name: formatted }),
  };
  return {
    name,
    ...(card.phones && {
      phones: card.phones.map(({ phone, type, whatsappId }) => ({
        phone,
        ...typeOf(type),
        ...(whatsappId !== undefined && { wa_id: whatsappId }),
      })),
    }),
    ...(card.emails && { emails: card.emails.map(({ email, type }) => ({ email, ...typeOf(type) })) }),
    ...(card.organization && { org: card.organization }),
    ...(card.urls && { urls: card.urls.map(({ url, type }) => ({ url, ...typeOf(type) })) }),
    ...(card.addresses && {
      addresses: card.addresses.map(({ type, countryCode, ...place }) => ({
        ...place,
        ...(countryCode !== undefined && { country_code: countryCode }),
        ...typeOf(type),
      })),
    }),
    ...(card.birthday !== undefined && { birthday: card.birthday }),
  };
}

// HOME and WORK are Meta's own; any other, e.g. MOBILE of a card that came in, is shown as it is
function typeOf(type: string | undefined): { type?: string } {
  return type ? { type: type.toUpperCase() } : {};
}
