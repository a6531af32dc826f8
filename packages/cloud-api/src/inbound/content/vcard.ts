import type { ContactCard } from "@wadesk/core";
import { present } from "../../wire/wire.ts";

/** What a vCard says, as far as a card has words for it. */
export interface Vcard extends Pick<ContactCard, "phones" | "emails" | "organization" | "urls" | "birthday"> {
  /** `FN`. */
  readonly formatted?: string;
  readonly first?: string;
  readonly last?: string;
}

interface Line {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly value: string;
}

/** Reads a vCard as phones write it, version 3.0 or 4.0. What it has no word for, and what is no vCard, is left out. */
export function readVcard(text: string): Vcard {
  const lines = text
    // a line that begins with a blank goes on with the one before
    .replace(/\r?\n[ \t]/g, "")
    .split(/\r?\n/)
    .flatMap((line) => readLine(line) ?? []);
  const theFirst = (name: string): string | undefined => lines.find((line) => line.name === name)?.value;
  const [last, first] = parts(theFirst("N"));
  const [company, department] = parts(theFirst("ORG"));
  const all = <Item>(name: string, read: (line: Line, value: string) => Item): readonly Item[] | undefined => {
    const items = lines.flatMap((line) => (line.name === name ? [read(line, unescaped(line.value))] : []));
    return items.length === 0 ? undefined : items;
  };
  const formatted = theFirst("FN");
  return present({
    formatted: formatted && unescaped(formatted),
    first,
    last,
    phones: all("TEL", ({ parameters }, phone) => ({
      phone,
      ...present({ type: parameters.get("TYPE"), whatsappId: parameters.get("WAID") }),
    })),
    emails: all("EMAIL", ({ parameters }, email) => ({ email, ...present({ type: parameters.get("TYPE") }) })),
    organization: company === undefined ? undefined : { company, ...present({ department }) },
    urls: all("URL", ({ parameters }, url) => ({ url, ...present({ type: parameters.get("TYPE") }) })),
    birthday: readDate(theFirst("BDAY")),
  });
}

// `item1.TEL;type=CELL;waid=5511999990000:+55 11 99999-0000`
function readLine(line: string): Line | undefined {
  const colon = line.indexOf(":");
  const value = line.slice(colon + 1).trim();
  if (colon < 1 || value === "") return undefined;
  const [head = "", ...rest] = line.slice(0, colon).split(";");
  const name = head.slice(head.lastIndexOf(".") + 1).toUpperCase();
  const parameters = new Map<string, string>();
  for (const parameter of rest) {
    const equals = parameter.indexOf("=");
    const key = parameter.slice(0, equals).toUpperCase();
    if (equals > 0 && !parameters.has(key)) parameters.set(key, parameter.slice(equals + 1));
  }
  return { name, parameters, value };
}

function parts(value: string | undefined): readonly (string | undefined)[] {
  return (value ?? "").split(/(?<!\\);/).map((part) => (part === "" ? undefined : unescaped(part)));
}

// with hyphens or without, and with a time behind it; a day without its year is no date
function readDate(value: string | undefined): string | undefined {
  const [, year, month, day] = /^(\d{4})-?(\d\d)-?(\d\d)(?!\d)/.exec(value ?? "") ?? [];
  return year === undefined ? undefined : `${year}-${month}-${day}`;
}

function unescaped(value: string): string {
  return value.replace(/\\([\\,;nN])/g, (_, sign: string) => (sign === "n" || sign === "N" ? "\n" : sign));
}
