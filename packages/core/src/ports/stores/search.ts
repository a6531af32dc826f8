import type { Connection } from "../../model/connection.ts";

// what a person writes around the digits of a number
const NUMBER = /^[\d\s()+./-]*\d[\d\s()+./-]*$/;

/**
 * What a search of connections looks through: label and number, folded here and not by a database, so that each finds the same. Stored beside
 * the row it is compared byte by byte.
 */
export function searchTextOf({ label, phone }: Pick<Connection, "label" | "phone">): string {
  return `${fold(label)}\n${digitsOf(phone ?? "")}`;
}

/** The texts one of which a connection's {@link searchTextOf} must have in it: what was searched, and its digits where it is a number. None for blanks. */
export function searchNeedles(search: string): readonly string[] {
  const text = fold(search);
  if (text === "") return [];
  return NUMBER.test(text) ? [...new Set([text, digitsOf(text)])] : [text];
}

/** Whether a search finds a connection. */
export function isFoundBy(search: string, connection: Pick<Connection, "label" | "phone">): boolean {
  const needles = searchNeedles(search);
  const text = searchTextOf(connection);
  return needles.length === 0 || needles.some((needle) => text.includes(needle));
}

// no database keeps a NUL or half a character
function fold(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\0\p{Cs}]/gu, "")
    .replace(/\s+/g, " ")
    .trim();
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, "");
}
