import { describe, expect, it } from "vitest";
import { parseJson } from "./parse-json.ts";

describe("JSON of a vendor", () => {
  it("keeps every digit of a whole number that JavaScript would round, as text", () => {
    expect(parseJson('{"id":9007199254740993,"ids":[ -9007199254740993, 12345678901234567890]}')).toEqual({
      id: "9007199254740993",
      ids: ["-9007199254740993", "12345678901234567890"],
    });
    expect(parseJson("12345678901234567890")).toBe("12345678901234567890");
    expect(parseJson('\n{ "id"\t:\r\n 12345678901234567890 }')).toEqual({ id: "12345678901234567890" });
  });

  it("leaves what is exact a number", () => {
    const text = "[9007199254740991,-9007199254740991,0.1234567890123456789,1.5e3,1e21,-0,1750000000]";
    expect(parseJson(`{"big":12345678901234567890,"rest":${text}}`)).toEqual({ big: "12345678901234567890", rest: JSON.parse(text) });
  });

  it("touches no text, whatever stands in it", () => {
    const inside = ['{"a":12345678901234567890}', "\\", '\\"', ' , 12345678901234567890 "', "\\\\", "é 😀 : 12345678901234567890"];
    const value = { inside, "12345678901234567890": "12345678901234567890", ': 12345678901234567890 "': 1 };
    const text = JSON.stringify(value);
    expect(parseJson(text)).toEqual(value);
    expect(parseJson(`[${text},12345678901234567890]`)).toEqual([value, "12345678901234567890"]);
  });

  it("refuses what JSON refuses, and makes nothing of it valid", () => {
    for (const text of ["", "{", "{12345678901234567890:1}", "[012345678901234567890]", "12345678901234567890n", '"\u0000"', "[1,]"]) {
      expect(() => parseJson(text)).toThrow(SyntaxError);
    }
  });

  it("reads what it has read: the same value again from its own text", () => {
    const value = parseJson('{"id":12345678901234567890,"at":1750000000}');
    expect(parseJson(JSON.stringify(value))).toEqual(value);
  });

  it("goes over a text once, however many quotes and backslashes it has", () => {
    const long = "\\".repeat(200_000);
    const value = { long, quotes: '"'.repeat(200_000), id: "12345678901234567890" };
    const text = JSON.stringify(value).replace('"12345678901234567890"', "12345678901234567890");
    expect(parseJson(text)).toEqual(value);
  });
});
