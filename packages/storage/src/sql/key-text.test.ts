import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyText, prefixRange } from "./key-text.ts";

const LONG = "x".repeat(100_000);
// any UTF-16, lone surrogates among it, and what the escapes are made of
const anyText = fc.oneof(
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)), maxLength: 80 }),
  fc.string({ unit: fc.constantFrom("\0", "\u0001", "#", "0", "a", "A", "\ud83d", "\ude00", "\u{10ffff}", "_", "%"), maxLength: 900 }),
);

describe("the stored form of a text", () => {
  it("is the text itself, unless a database cannot keep or index it", () => {
    for (const text of ["", "con_1", "cloud-api:1|+49 170|wamid.A==", "ß 😀 名", "trailing ", "a_b%c\\d"]) expect(keyText(text)).toBe(text);
  });

  it("can be kept and indexed by every database", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const stored = keyText(text);
        expect(stored.isWellFormed() && !stored.includes("\0")).toBe(true);
        expect(Buffer.byteLength(stored)).toBeLessThanOrEqual(640);
      }),
    );
  });

  it("is another for every other text", () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        expect(keyText(one) === keyText(other)).toBe(one === other);
      }),
    );
    const alike = [
      "a",
      "A",
      "a ",
      "a\0",
      "a\u0001",
      "a\u0001000000",
      "a\ud800",
      "a\udc00",
      "a\ufffd",
      LONG,
      `${LONG}x`,
      `${LONG}\ud800`,
      `${LONG}\udc00`,
    ];
    expect(new Set(alike.map(keyText)).size).toBe(alike.length);
  });

  it("lies in the range of each of its beginnings, and an exact range holds nothing else", () => {
    const within = (text: string, { from, until }: { readonly from: string; readonly until: string }): boolean =>
      Buffer.compare(Buffer.from(keyText(text)), Buffer.from(from)) >= 0 &&
      Buffer.compare(Buffer.from(keyText(text)), Buffer.from(until)) < 0;
    fc.assert(
      fc.property(anyText, anyText, fc.nat(), (text, other, cut) => {
        const prefix = text.slice(0, text.length === 0 ? 0 : cut % text.length);
        const range = prefixRange(prefix);
        expect(within(text, range)).toBe(true);
        // half of a surrogate pair begins no text that a person would say begins so
        if (range.exact && within(other, range)) expect(other.startsWith(prefix)).toBe(true);
      }),
    );
    expect(prefixRange("secret/con_1/")).toEqual({ from: "secret/con_1/", until: "secret/con_1/\u{10ffff}", exact: true });
    expect(prefixRange(LONG).exact).toBe(false);
  });
});
