import { parse } from "node:querystring";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formOf, readForm } from "./form.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = fc.string({ unit: "grapheme", maxLength: 20 });
const name = fc.oneof(fc.constantFrom("Body", "From", "To", "AccountSid", "MediaUrl0", "constructor", "__proto__"), text);

describe("a form", () => {
  it("reads as URLSearchParams writes and reads it", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, text), { maxLength: 30 }), (pairs) => {
        const written = new URLSearchParams(pairs).toString();
        expect(readForm(bytes(written))).toEqual(formOf(new URLSearchParams(written)));
      }),
      { numRuns: 500 },
    );
  });

  it("reads whatever the bytes are as URLSearchParams does, and never throws", () => {
    const piece = fc.oneof(
      fc.constantFrom("&", "=", "%", "+", "?", "%3", "%E2%82", "%AC", "%ff", "AccountSid", "AC", "\ufeff", "é", "%EF%BB%BF"),
      text,
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const body = pieces.join("");
        // URLSearchParams takes a question mark off the front of a text; in a body it is a character like any other
        expect(readForm(bytes(body))).toEqual(formOf(new URLSearchParams(`&${body}`)));
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (body) => void readForm(body)),
      { numRuns: 2000 },
    );
  });

  it("reads what a real one holds as querystring does", () => {
    const body =
      "Body=Ol%C3%A1%21+Tudo+bem%3F&To=whatsapp%3A%2B5511400028922&From=whatsapp%3ABR.1A2b&NumMedia=0&x=whatsapp%3A%2B1%2B2&Empty=";
    expect(readForm(bytes(body))).toEqual({ ...parse(body) });
  });

  it("keeps the last of two fields of one name, and reads texts longer than any buffer", () => {
    expect(readForm(bytes("a=1&a=2&b"))).toEqual({ a: "2", b: "" });
    const long = "é+".repeat(5000);
    expect(readForm(bytes(new URLSearchParams({ long }).toString()))).toEqual({ long });
  });
});
