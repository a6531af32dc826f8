import { describe, expect, it } from "vitest";
import { fieldsOf } from "./fields.ts";

describe("the fields of a form", () => {
  it("are those of the schema in its order, a secret that may be a list as one text", () => {
    const form = {
      type: "object",
      properties: {
        number: { type: "string", title: "Number", description: "With +.", pattern: "^\\+" },
        token: { anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }], writeOnly: true },
        mode: { type: "string", enum: ["a", "b"] },
        age: { type: "integer" },
        scan: { type: "boolean" },
      },
      required: ["number", "token"],
    };
    expect(fieldsOf(form).map(({ name, kind, required, secret }) => [name, kind, required, secret])).toEqual([
      ["number", "text", true, false],
      ["token", "text", true, true],
      ["mode", "choice", false, false],
      ["age", "number", false, false],
      ["scan", "flag", false, false],
    ]);
    expect(fieldsOf(form)[0]).toMatchObject({ title: "Number", description: "With +.", pattern: "^\\+" });
    expect(fieldsOf(form)[2]?.choices).toEqual(["a", "b"]);
  });

  it("that are lists of records are rows with columns; what no field can be drawn of is left out", () => {
    const row = { type: "object", properties: { workspaceId: { type: "string" }, number: { type: "string" } } };
    const fields = fieldsOf({
      properties: { senders: { type: "array", items: row }, names: { type: "array", items: { type: "string" } }, deep: { type: "object" } },
    });
    expect(fields.map(({ name, kind }) => [name, kind])).toEqual([["senders", "rows"]]);
    expect(fields[0]?.columns.map(({ name }) => name)).toEqual(["workspaceId", "number"]);
  });

  it("of a channel without a form are none", () => expect(fieldsOf(undefined)).toEqual([]));
});
