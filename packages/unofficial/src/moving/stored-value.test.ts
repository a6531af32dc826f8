import { BufferJSON } from "@whiskeysockets/baileys";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NO_JSON, readStored, readText } from "./stored-value.ts";

const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 }).map((value) => Buffer.from(value));
const name = fc.stringMatching(/^[a-z][a-zA-Z_]{0,8}$/).filter((each) => each !== "type" && each !== "data");
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    bytes,
    fc.boolean(),
    fc.nat(),
    fc.stringMatching(/^[a-z ]{0,9}$/),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(name, tie("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
}));
const parts = fc.dictionary(name, value, { minKeys: 1, maxKeys: 4, noNullPrototype: true });

describe("what a program of Baileys' has stored", () => {
  it("is read alike in each of the ways in which it is written", () => {
    fc.assert(
      fc.property(parts, (given) => {
        const text = JSON.stringify(given, BufferJSON.replacer);
        const written = [
          text, // a file of Baileys'
          JSON.stringify(text), // Evolution API's database
          JSON.stringify(given), // bytes as lists of numbers
          JSON.parse(text), // a column that is JSON
          JSON.parse(JSON.stringify(given)),
          given,
        ];
        for (const each of written) expect(readStored(each)).toEqual(given);
      }),
    );
  });

  it("is told apart from text that is no JSON, wherever it ends", () => {
    fc.assert(
      fc.property(parts, fc.nat(), (given, at) => {
        const text = JSON.stringify(given, BufferJSON.replacer);
        expect(readStored(text.slice(0, 1 + (at % (text.length - 1))))).toBe(NO_JSON);
      }),
    );
    expect(readStored("")).toBe(NO_JSON);
  });

  it("never throws, whatever it is", () => {
    fc.assert(fc.property(fc.anything(), (given) => void readStored(given)));
  });

  it("keeps every digit of a LID that stands there without quotes", () => {
    expect([readText("12345678901234567"), readText('"12345678901234567"'), readText("{}"), readText(7)]).toEqual([
      "12345678901234567",
      "12345678901234567",
      undefined,
      undefined,
    ]);
  });

  it("may be typed bytes that a database gave back by their index", () => {
    expect(readStored({ "0": 7, "1": 255 })).toEqual(Buffer.from([7, 255]));
    expect([readStored({ "0": 256 }), readStored({ "1": 7 })]).toEqual([{ "0": 256 }, { "1": 7 }]);
  });
});
