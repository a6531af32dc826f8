import { describe, expect, it } from "vitest";
import { z } from "zod";
import { unknownNames } from "../../fields/nearest-name.ts";
import { validate } from "../../settings/validate.ts";
import { lazySchema } from "./lazy-schema.ts";
import { readIssues } from "./read-issues.ts";
import type { Schema } from "./schema.ts";

const kinds = z.discriminatedUnion("type", [z.object({ type: z.literal("image") }), z.object({ type: z.literal("video") })]);
const known = z.strictObject(
  { name: z.string() },
  { error: (issue) => (issue.code === "unrecognized_keys" ? unknownNames(issue.keys, ["name"]) : undefined) },
);
const own = z.string().refine((text) => text.startsWith("AC"), {
  error: "must begin with AC",
  params: { code: "looks_like_token", values: { begins: "AC" } },
});

const ROWS: readonly (readonly [code: string, values: object | undefined, schema: z.ZodType, value: unknown])[] = [
  ["required", undefined, z.string(), undefined],
  ["required", undefined, z.string({ error: "is missing; paste it" }), undefined],
  ["required", undefined, z.string().min(5), " "],
  ["required", undefined, z.string().regex(/^\d+$/, "must be digits"), ""],
  ["wrong_type", { expected: "text" }, z.string(), 5],
  ["wrong_type", { expected: "whole_number" }, z.int(), 1.5],
  ["wrong_type", { expected: "flag" }, z.boolean(), "yes"],
  ["wrong_type", { expected: "list" }, z.array(z.string()), "a"],
  ["wrong_type", { expected: "object" }, z.record(z.string(), z.string()), 5],
  ["too_long", { max: 3 }, z.string().max(3), "four"],
  ["too_short", { min: 3 }, z.string().min(3, "three at least"), "a"],
  ["wrong_length", { length: 3 }, z.string().length(3), "euro"],
  ["too_many", { max: 1 }, z.array(z.string()).max(1), ["a", "b"]],
  ["too_few", { min: 1 }, z.array(z.string()).min(1, "needs one"), []],
  ["too_high", { max: 180 }, z.number().max(180), 200],
  ["too_high", { below: 10 }, z.number().lt(10), 10],
  ["too_low", { min: -90 }, z.number().min(-90), -91],
  ["too_low", { above: 0 }, z.number().positive(), 0],
  ["not_an_address", undefined, z.url("must be an address"), "nowhere"],
  ["not_a_phone", undefined, z.e164(), "555"],
  ["not_a_date", undefined, z.iso.date(), "yesterday"],
  ["wrong_form", undefined, z.string().regex(/^\d+$/, "must be digits"), "a"],
  ["wrong_form", undefined, z.email(), "ana"],
  ["wrong_form", undefined, z.number().multipleOf(5), 3],
  ["not_one_of", { options: "quick_reply, url" }, z.enum(["quick_reply", "url"]), "phone"],
  ["not_one_of", { options: "image, video" }, kinds, { type: "gif" }],
  ["unknown_field", undefined, z.strictObject({}), { other: 1 }],
  ["unknown_field", { nearest: "name" }, known, { name: "Ana", nam: 1 }],
  ["looks_like_token", { begins: "AC" }, own, "SK1"],
  ["invalid", undefined, z.string().refine(() => false, "is not liked"), "a"],
];

const issuesOf = async (schema: Schema<unknown>, value: unknown): Promise<unknown> =>
  validate(schema, value).then(
    () => [],
    (error: unknown) => (error as { issues: unknown }).issues,
  );

describe("what is wrong with a value", () => {
  it.each(ROWS)("is told as a code with its values, in whatever words zod said it: %s %j", async (code, values, schema, value) => {
    const told = { code, ...(values && { values }) };
    expect(readIssues(schema.safeParse(value).error?.issues ?? [], value)).toEqual([
      { ...told, path: expect.anything(), message: expect.any(String) },
    ]);
    const [issue] = (await issuesOf(
      lazySchema(async () => schema),
      value,
    )) as readonly object[];
    expect(issue).toMatchObject(told);
    expect("values" in (issue ?? {})).toBe(values !== undefined);
  });

  it("is told as an issue of each where several fields are unknown, each with the name that was meant", () => {
    const issues = known.safeParse({ nam: 1, nmae: 2 }).error?.issues ?? [];
    expect(readIssues(issues, { nam: 1, nmae: 2 })).toMatchObject([
      { path: ["name"], code: "required" },
      { path: ["nam"], code: "unknown_field", values: { nearest: "name" } },
      { path: ["nmae"], code: "unknown_field", values: { nearest: "name" } },
    ]);
  });

  it("has a code of ours too where another library says it, and the schema's own code where it has one", async () => {
    const schema = (issue: object): Schema<unknown> => ({
      "~standard": { version: 1, vendor: "theirs", validate: async () => ({ issues: [{ message: "no", path: ["slot"], ...issue }] }) },
    });
    const told = { field: "slot", message: "no" };
    expect(await issuesOf(schema({}), {})).toEqual([{ ...told, code: "required" }]);
    expect(await issuesOf(schema({}), { slot: 7 })).toEqual([{ ...told, code: "invalid" }]);
    expect(await issuesOf(schema({ code: "Not.Ours" }), { slot: 7 })).toEqual([{ ...told, code: "invalid" }]);
    const full = { code: "slot_full", values: { of: 3 } };
    expect(await issuesOf(schema(full), { slot: 7 })).toEqual([{ ...told, ...full }]);
    for (const values of [{ deep: {} }, ["a"], "a"])
      expect(await issuesOf(schema({ code: "slot_full", values }), { slot: 7 })).toEqual([{ ...told, code: "slot_full" }]);
    expect(await issuesOf(schema({ code: "invalid_type", expected: "string" }), { slot: 7 })).toMatchObject([{ code: "wrong_type" }]);
  });
});
