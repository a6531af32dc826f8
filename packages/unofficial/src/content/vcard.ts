import type { ContactCard } from "@wadesk/core";

/** A card in the notation of address books, version 3.0 (RFC 2426), as phones exchange them. One that came in goes on as it was written. */
export function writeVcard(card: ContactCard): string {
  if (card.vcard !== undefined) return card.vcard;
  const { name, phones = [], emails = [], organization, urls = [], addresses = [], birthday } = card;
  const lines = [
    "BEGIN:VCARD",
    "VERSION:3.0",
    `N:${[name.last ?? "", name.first ?? (name.last === undefined ? name.formatted : ""), "", "", ""].map(escaped).join(";")}`,
    `FN:${escaped(name.formatted)}`,
    ...phones.map(
      // by `waid` a phone knows whom it can write to
      ({ phone, type, whatsappId }) => `TEL${typed(type ?? "CELL")}${whatsappId ? `;waid=${whatsappId}` : ""}:${escaped(phone)}`,
    ),
    ...emails.map(({ email, type }) => `EMAIL${typed(type)}:${escaped(email)}`),
    ...(organization ? [`ORG:${[organization.company ?? "", organization.department ?? ""].map(escaped).join(";")}`] : []),
    ...(organization?.title ? [`TITLE:${escaped(organization.title)}`] : []),
    ...urls.map(({ url, type }) => `URL${typed(type)}:${escaped(url)}`),
    ...addresses.map(({ street, city, state, zip, country, type }) => {
      const parts = ["", "", street, city, state, zip, country].map((part) => escaped(part ?? ""));
      return `ADR${typed(type)}:${parts.join(";")}`;
    }),
    ...(birthday ? [`BDAY:${birthday}`] : []),
    "END:VCARD",
  ];
  return lines.join("\n");
}

/** Reads a card that somebody's phone wrote, as far as it has words of ours. */
export function readVcard(vcard: string, displayName?: string | null): ContactCard {
  const lines = vcard.replace(/\r?\n[ \t]/g, "").split(/\r?\n/);
  const all = lines.flatMap((line) => readLine(line) ?? []);
  const of = (name: string): readonly Line[] => all.filter((line) => line.name === name);
  const [last = "", first = ""] = of("N")[0]?.parts ?? [];
  const formatted = of("FN")[0]?.value || displayName || [first, last].filter(Boolean).join(" ");
  const [company, department] = of("ORG")[0]?.parts ?? [];
  const title = of("TITLE")[0]?.value;
  const birthday = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(of("BDAY")[0]?.value ?? "");
  const phones = of("TEL").map(({ value, type, waid }) => ({ phone: value, ...type, ...(waid && { whatsappId: waid }) }));
  const emails = of("EMAIL").map(({ value, type }) => ({ email: value, ...type }));
  const urls = of("URL").map(({ value, type }) => ({ url: value, ...type }));
  const addresses = of("ADR").map(({ parts: [, , street, city, state, zip, country], type }) => ({
    ...(street && { street }),
    ...(city && { city }),
    ...(state && { state }),
    ...(zip && { zip }),
    ...(country && { country }),
    ...type,
  }));
  return {
    name: { formatted, ...(first && { first }), ...(last && { last }) },
    ...(phones.length > 0 && { phones }),
    ...(emails.length > 0 && { emails }),
    ...((company || department || title) && {
      organization: { ...(company && { company }), ...(department && { department }), ...(title && { title }) },
    }),
    ...(urls.length > 0 && { urls }),
    ...(addresses.length > 0 && { addresses }),
    ...(birthday && { birthday: birthday.slice(1).join("-") }),
    vcard,
  };
}

interface Line {
  readonly name: string;
  readonly value: string;
  readonly parts: readonly string[];
  readonly type: { readonly type?: string };
  readonly waid: string | undefined;
}

function readLine(line: string): Line | undefined {
  // what is grouped bears the group's name in front: `item1.TEL`
  const [, name, parameters = "", text = ""] = /^(?:[\w-]+\.)?([A-Za-z-]+)((?:;[^:]*)?):(.*)$/.exec(line) ?? [];
  if (name === undefined) return undefined;
  const type = /;type=([^;:]+)/i.exec(parameters)?.[1]?.split(",")[0];
  return {
    name: name.toUpperCase(),
    value: plain(text),
    parts: partsOf(text).map(plain),
    type: type ? { type } : {},
    waid: /;waid=(\d+)/i.exec(parameters)?.[1],
  };
}

function typed(type: string | undefined): string {
  return type ? `;type=${type.replace(/[^\w-]/g, "")}` : "";
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");
}

/** The parts between semicolons, as they are written: one behind a backslash parts nothing, unless that backslash is escaped itself. */
function partsOf(text: string): readonly string[] {
  const parts = [""];
  for (const [token] of text.matchAll(/\\.|./gs)) {
    if (token === ";") parts.push("");
    else parts.push(`${parts.pop() ?? ""}${token}`);
  }
  return parts;
}

function plain(text: string): string {
  return text.replace(/\\([\\;,:n])/gi, (_whole, sign: string) => (sign.toLowerCase() === "n" ? "\n" : sign));
}
