import { createHash } from "node:crypto";
import { wholeTime } from "@wadesk/core/ports";
import { type SQL, sql } from "drizzle-orm";
import { bigint, customType } from "drizzle-orm/pg-core";

/**
 * A text by which rows are found, and which somebody else chose. PostgreSQL stores no NUL and indexes no long text, so an awkward one is stored
 * as its digest; what it says is kept in the row's JSON. Drizzle does so wherever a value is compared with such a column.
 */
export const key = customType<{ data: string; driverData: string }>({ dataType: () => 'text collate "C"', toDriver: keyOf });

/** A text by which rows are sorted, byte by byte. */
export const sortable = customType<{ data: string; driverData: string }>({ dataType: () => 'text collate "C"' });

/** The stored form of a text: distinct for distinct texts. */
export function keyOf(text: string): string {
  const plain = text.length <= 200 && text.isWellFormed() && !text.includes("\0") && !text.startsWith("#");
  // over UTF-16, in which broken characters differ
  return plain ? text : `#${createHash("sha256").update(text, "utf16le").digest("hex")}`;
}

/** Any JSON as text: unlike `jsonb` it keeps NUL and broken characters, escaped. */
export function json<Data>(name: string) {
  return customType<{ data: Data; driverData: string }>({
    dataType: () => "text",
    toDriver: (data) => JSON.stringify(data),
    fromDriver: (text) => JSON.parse(text) as Data,
  })(name);
}

/** Bytes. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => "bytea",
  toDriver: (value) => Buffer.from(value),
  fromDriver: (value) => new Uint8Array(value),
});

/** A whole number up to 2^53: a time in milliseconds, a position. A time that does not fit becomes the nearest that does. */
export function whole(name: string) {
  return customType<{ data: number; driverData: string | number }>({
    dataType: () => "bigint",
    toDriver: wholeTime,
    fromDriver: Number,
  })(name);
}

/** A number that the database makes of another column: the same for the same text, and anywhere for another one. */
export function hashOf(name: string, column: string) {
  return bigint(name, { mode: "bigint" }).generatedAlwaysAs(sql.raw(`hashtextextended(${column}, 0)`));
}

/** Texts that were read from a column of such texts, to be looked for in one: they have their stored form already. */
export function stored(texts: readonly string[]): SQL {
  const values = texts.map((text) => sql`${text}`);
  return sql`(${values.length === 0 ? sql`null` : sql.join(values, sql`, `)})`;
}
