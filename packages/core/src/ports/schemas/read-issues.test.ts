import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readIssues } from "./read-issues.ts";

const choice = z.discriminatedUnion("type", [z.object({ type: z.literal("image") }), z.object({ type: z.literal("video") })]);

const ROWS: readonly (readonly [string, z.ZodType, unknown])[] = [
  ["is missing; it must be a text", z.string(), undefined],
  ["must be a text", z.string(), 5],
  ["must be a number", z.number(), "5"],
  ["must be a number", z.number(), Number.NaN],
  ["must be a whole number", z.int(), 1.5],
  ["must be true or false", z.boolean(), "yes"],
  ["must be a list", z.array(z.string()), "a"],
  ["must be an object", z.object({}), "a"],
  ["must be an object", z.record(z.string(), z.string()), 5],
  ["must have at most 3 characters", z.string().max(3), "four"],
  ["must have at least 3 characters", z.string().min(3), "a"],
  ["must have exactly 3 characters", z.string().length(3), "euro"],
  ["must have at most 1 entries", z.array(z.string()).max(1), ["a", "b"]],
  ["must be at most 180", z.number().max(180), 200],
  ["must be at least -90", z.number().min(-90), -91],
  ["must be more than 0", z.number().positive(), 0],
  ["must be less than 10", z.number().lt(10), 10],
  ['must be "quick_reply", "url" or "copy_code"', z.enum(["quick_reply", "url", "copy_code"]), "phone"],
  ['must be "text"', z.literal("text"), "txt"],
  ['must be "image" or "video"', choice, { type: "gif" }],
  ["cannot be this", z.union([z.string(), z.number()]), true],
  ["must be the number of your sender", z.string({ error: "must be the number of your sender" }), 5],
  ["Invalid input, says the host", z.string().refine(() => false, "Invalid input, says the host"), "a"],
  ["Too few of them", z.array(z.string()).min(1, "Too few of them"), []],
];

describe("what a validation library says", () => {
  it.each(ROWS)("is told in our words: %s", (words, schema, value) => {
    expect(readIssues(schema.safeParse(value).error?.issues ?? [], value)).toMatchObject([{ message: words }]);
  });
});
