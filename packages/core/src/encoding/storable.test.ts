import { describe, expect, it } from "vitest";
import { openEcho, receivedText } from "../testing/open-echo.ts";
import { DEEPEST, isStorable, jsonText, storableEvent } from "./storable.ts";

const nested = (levels: number): unknown => JSON.parse(`${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`);
const eventWith = (raw: unknown, id = "m1") => {
  const event = receivedText({ id, from: `+49${id}` });
  return { ...event, data: { ...event.data, raw } } as typeof event;
};
const rawOf = (raw: unknown): unknown => storableEvent(eventWith(raw)).data.raw;
/** How many levels a value has. */
const levelsOf = (value: unknown): number => {
  let levels = 0;
  for (let each = value; typeof each === "object" && each !== null; [each] = Object.values(each)) levels += 1;
  return levels;
};

describe("an event as it is stored", () => {
  it("is the very same where nothing is strange about it", () => {
    const event = eventWith({ list: [1, "two", null, { three: undefined }], deep: nested(90) });
    expect(storableEvent(event)).toBe(event);
  });

  it("has what is nested too deep as its text, and all above it as it was", () => {
    const raw = rawOf({ from: "ana", note: nested(5000) }) as { from: string; note: unknown };
    expect([raw.from, levelsOf(raw.note)]).toEqual(["ana", DEEPEST - 3]);
    let bottom: unknown = raw.note;
    while (typeof bottom === "object") [bottom] = Object.values(bottom as object);
    expect(levelsOf(JSON.parse(bottom as string))).toBe(5000 - DEEPEST + 3);
    expect(() => JSON.stringify(storableEvent(eventWith(nested(1_000_000))))).not.toThrow();
  });

  it("has texts for what JSON has no word for", () => {
    const strange = { big: 12345678901234567890n, most: Number.POSITIVE_INFINITY, none: Number.NaN, sign: Symbol("s"), on: new Date(0) };
    expect(rawOf(strange)).toEqual({
      big: "12345678901234567890",
      most: "Infinity",
      none: "NaN",
      sign: "Symbol(s)",
      on: "1970-01-01T00:00:00.000Z",
    });
  });

  it("changes no prototype and loses no field, whatever the fields are called", () => {
    const raw = rawOf(JSON.parse('{"__proto__":{"admin":true},"big":1e999}')) as object;
    expect(JSON.stringify(raw)).toBe('{"__proto__":{"admin":true},"big":"Infinity"}');
    expect([Object.getPrototypeOf(raw), (raw as { admin?: unknown }).admin]).toEqual([Object.prototype, undefined]);
  });

  it("ends where a value leads back to itself, or answers for itself for ever", () => {
    const round: Record<string, unknown> = { name: "round" };
    round.self = round;
    expect(JSON.stringify(rawOf(round))).toContain("…");
    const word = { toJSON: (): unknown => word };
    const broken = { toJSON: () => Promise.reject.call(0) };
    expect(rawOf([word, broken])).toEqual(["[object Object]", ""]);
  });
});

describe("the text of a value", () => {
  it("is what JSON.stringify gives, where that can", () => {
    const value = { a: [1, "\ud800", { "": null }, [], {}], b: { c: true, d: "\0" } };
    expect(jsonText(value)).toBe(JSON.stringify(value));
    expect(jsonText(nested(50_000))).toHaveLength(50_000 * 6 + 1);
  });
});

describe("a value", () => {
  it("is storable in so many levels, and no more", () => {
    expect([isStorable(nested(3), 3), isStorable(nested(4), 3), isStorable("text", 0)]).toEqual([true, false, true]);
  });
});

describe.each([true, false])("a webhook with an event that no encoder takes, where the storage's durability is %s", (durable) => {
  it("is answered 200, and all of its events are handled", async () => {
    const { wadesk, clock } = openEcho({ storage: { durable } });
    await wadesk.workspace("acme").connect("echo", { number: "+111", token: "tok-1" });
    const seen: string[] = [];
    wadesk.process("message.received", ({ data }) => void seen.push(data.messageId));
    const events = [eventWith({}, "1"), eventWith(nested(5000), "2"), eventWith({ count: 1n }, "3"), eventWith({}, "4")];
    await wadesk.inbound.receive("echo", events);
    await clock.advance(1000);
    expect(seen.sort()).toEqual(["1", "2", "3", "4"]);
  });
});
