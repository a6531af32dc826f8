import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createWadesk } from "../client/create-wadesk.ts";
import { lazySchema } from "../ports/schemas/lazy-schema.ts";
import { echoVendor } from "../testing/echo-channel.ts";
import { openEcho, TEST_KEYS } from "../testing/open-echo.ts";
import { checkOptions, type FieldKind, fieldIssues } from "./check-fields.ts";

const VALUES: Readonly<Record<FieldKind, readonly [right: readonly unknown[], wrong: readonly unknown[]]>> = {
  text: [
    ["", "a"],
    [1, null, ["a"]],
  ],
  texts: [
    ["a", [], ["a", "b"]],
    [1, [1], ["a", 1], null],
  ],
  number: [
    [0, -1, 1.5, Number.POSITIVE_INFINITY],
    ["1", Number.NaN, null, 1n],
  ],
  "number or false": [
    [1, false],
    [true, "1", null],
  ],
  flag: [
    [true, false],
    [1, "true", null],
  ],
  function: [
    [() => {}, class {}],
    [{}, "f", null],
  ],
  object: [
    [{}, new Map(), Object.create(null)],
    [[], () => {}, null, "a"],
  ],
  list: [
    [[], [1]],
    [{}, "a", null],
  ],
  any: [[null, 1, "a", Symbol("s")], []],
};

describe("a field", () => {
  it.each(Object.entries(VALUES))("of the kind %s holds what it may and nothing else, and may be absent", (kind, [right, wrong]) => {
    const issuesOf = (value: unknown) => fieldIssues({ field: value }, { field: kind as FieldKind });
    for (const value of [undefined, ...right]) expect(issuesOf(value)).toEqual([]);
    for (const value of wrong) {
      const expected = kind.replaceAll(" ", "_");
      const issue = { field: "field", code: "wrong_type", values: { expected }, message: expect.stringContaining("must be") };
      expect(issuesOf(value)).toEqual([issue]);
    }
    expect(fieldIssues({}, { field: kind as FieldKind })).toEqual([]);
  });

  it("is refused by name where nobody knows it, also when it is undefined; what the prototype has does not count", () => {
    expect(fieldIssues({ feild: undefined }, { field: "any" })).toEqual([
      {
        field: "feild",
        code: "unknown_field",
        values: { nearest: "field" },
        message: "feild is not a field; did you mean field?",
      },
    ]);
    expect(fieldIssues(Object.create({ other: 1 }), { field: "any" })).toEqual([]);
    expect(fieldIssues(JSON.parse('{"__proto__": 1}'), { field: "any" })).toMatchObject([{ field: "__proto__" }]);
  });

  it("is one of twenty at most that are named, however many there are that nobody knows", async () => {
    const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`contnt${index}`, 1]));
    const acme = openEcho().wadesk.workspace("acme");
    expect(fieldIssues(many, { field: "any" })).toHaveLength(20);
    for (const request of [
      { ...many, to: "+4915100000001" },
      { to: many, content: { kind: "text", text: "x" } },
      { to: "+1", content: { ...many, kind: "text" } },
    ]) {
      const refused: unknown = await acme.send(request as never).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: "input_invalid", issues: { length: 20 } });
    }
  });

  it("that stands inside another is named by its whole path", () => {
    const check = () => checkOptions<{ readonly number: string }>("twilio", { numbr: 1 }, { number: "text" }, "senders.0");
    expect(check).toThrow(
      expect.objectContaining({
        code: "configuration_invalid",
        issues: [
          {
            field: "senders.0.numbr",
            code: "unknown_field",
            values: { nearest: "number" },
            message: "numbr is not an option; did you mean number?",
          },
        ],
      }),
    );
    expect(check).toThrow(/\(twilio: numbr is not an option; did you mean number\?\)/);
  });
});

describe("a lazy schema that knows its fields", () => {
  const schema = lazySchema<{ readonly name: string; readonly age?: number }>(
    async () => z.object({ name: z.string(), age: z.number().exactOptional() }),
    { name: true, age: true },
  );
  const validate = schema["~standard"].validate;

  it("refuses the others beside what else is wrong, and what is no object", async () => {
    expect(await validate({ name: "Ana", age: 3 })).toEqual({ value: { name: "Ana", age: 3 } });
    expect(await validate({ nam: "Ana" })).toMatchObject({
      issues: [
        { path: ["nam"], code: "unknown_field", values: { nearest: "name" }, message: "nam is not a field; did you mean name?" },
        { path: ["name"], code: "required" },
      ],
    });
    for (const value of [undefined, null, "Ana", ["Ana"], 3])
      expect(await validate(value)).toEqual({
        issues: [{ code: "wrong_type", values: { expected: "object" }, message: "must be an object with name, age" }],
      });
  });
});

describe("the names of events", () => {
  it("are those of the model and those that an installed channel brings", () => {
    const events = ["poll.voted" as "message.received"];
    const wadesk = createWadesk({ channels: [{ ...echoVendor().channel, events }], encryptionKeys: TEST_KEYS });
    wadesk.process("poll.voted" as "message.edited", () => {});
    wadesk.on("poll.voted" as "message.edited", () => {});
    const { wadesk: other } = openEcho();
    expect(() => other.process("poll.voted" as "message.edited", () => {})).toThrow(expect.objectContaining({ code: "input_invalid" }));
  });
});
