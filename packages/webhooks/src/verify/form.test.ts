import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fieldValues, readForm, sortedFields } from "./form.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (value: Uint8Array): string => new TextDecoder().decode(value);

function fieldsOf(body: Uint8Array): [string, string][] {
  const form = readForm(body);
  if (!form) throw new Error("too many fields");
  const slice = (start: number | undefined, end: number | undefined): string => text(form.bytes.subarray(start, end));
  return form.starts.map((start, field) => [slice(start, form.middles[field]), slice(form.middles[field], form.ends[field])]);
}

describe("readForm", () => {
  it("reads whatever URLSearchParams writes", () => {
    const part = fc.string({ unit: "grapheme" });
    fc.assert(
      fc.property(fc.array(fc.tuple(part, part)), (fields) => {
        expect(fieldsOf(bytes(new URLSearchParams(fields).toString()))).toEqual(fields);
      }),
    );
  });

  it("reads any text as URLSearchParams reads it", () => {
    const awkward = fc.string({ unit: fc.constantFrom("&", "=", "%", "+", "4", "1", "F", "a", " ") });
    fc.assert(
      fc.property(awkward, (body) => {
        expect(fieldsOf(bytes(body))).toEqual([...new URLSearchParams(`?${body}`)]);
      }),
    );
  });

  it("keeps bytes that are no text", () => {
    const form = readForm(bytes("a=%FF%00%C3"));
    expect(form && [...form.bytes]).toEqual(expect.arrayContaining([0x61, 0xff, 0x00, 0xc3]));
  });
});

describe("sortedFields", () => {
  it("sorts few and many fields alike", () => {
    const field = fc.tuple(
      fc.string({ unit: fc.constantFrom("a", "b", "B"), maxLength: 2 }),
      fc.constantFrom("", "1", "2", "é", "\uf900", "🟢"),
    );
    fc.assert(
      fc.property(fc.array(field, { maxLength: 80 }), (fields) => {
        const unique = [...new Map(fields.map((each) => [JSON.stringify(each), each])).values()];
        const order = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
        const expected = unique.sort((left, right) => order(left[0], right[0]) || order(left[1], right[1])).flat();
        const form = readForm(bytes(new URLSearchParams(fields).toString()));
        expect(form && text(sortedFields(form) ?? new Uint8Array())).toBe(expected.join(""));
      }),
    );
  });
});

it("sorts emoji before the characters that come after them in UTF-8 only, as JavaScript sorts", () => {
  const form = readForm(bytes("a=\uf900&a=🟢&a=é"));
  expect(form && text(sortedFields(form) ?? new Uint8Array())).toBe(
    ["é", "\uf900", "🟢"]
      .sort()
      .map((value) => `a${value}`)
      .join(""),
  );
});

it("gives up a form whose fields are so long and so alike that sorting them would take its time", () => {
  const alike = (count: number, length: number): Uint8Array =>
    bytes(Array.from({ length: count }, (_, index) => "x".repeat(length) + String(count - index).padStart(4, "0")).join("&"));
  for (const [count, length] of [
    [31, 130_000],
    [999, 4000],
  ] as const) {
    const form = readForm(alike(count, length));
    expect(form && sortedFields(form)).toBeUndefined();
  }
  const genuine = readForm(alike(40, 60));
  expect(genuine && sortedFields(genuine)).toHaveLength(40 * 64);
});

describe("fieldValues", () => {
  it("finds a field under any spelling of its name, every time it occurs", () => {
    const form = readForm(bytes("AccountSid=1&accountSid=2&Account%53id=3&AccountSidX=4"));
    expect(form && fieldValues(form, "AccountSid")).toEqual(["1", "3"]);
  });
});
