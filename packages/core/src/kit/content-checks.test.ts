import { expect, it } from "vitest";
import { millisecondsOption, optionInvalid, secretList, unprintedDefaults } from "./channel-options.ts";
import { createContentChecks } from "./content-checks.ts";

it("what a vendor would refuse is told field by field, in characters as a person counts them", () => {
  const checks = createContentChecks("Parrot");
  checks.text("👋👋", "text", 2);
  checks.optional(undefined, "caption", 1);
  checks.link("https://example.com", "link");
  expect(() => checks.done()).not.toThrow();
  checks.text(" ", "text", 2);
  checks.optional("ab", "caption", 1);
  checks.link("ftp://example.com", "link");
  checks.that(false, "kind", "must be another");
  checks.that(false, "name", "is no SID", "looks_like_name", { min: 1 });
  const issues = [
    { field: "content.text", code: "required", message: "must not be empty" },
    { field: "content.caption", code: "too_long", values: { max: 1 }, message: "has 2 characters; Parrot takes at most 1" },
    { field: "content.link", code: "not_an_address", message: "must be a link that begins with http:// or https://" },
    { field: "content.kind", code: "invalid", message: "must be another" },
    { field: "content.name", code: "looks_like_name", values: { min: 1 }, message: "is no SID" },
  ];
  expect(() => checks.done()).toThrow(expect.objectContaining({ code: "content_invalid", issues }));
});

it("an empty secret is none", () => {
  expect([secretList(undefined), secretList(" a "), secretList(["b", " ", ""])]).toEqual([[], ["a"], ["b"]]);
});

it("an option that cannot work is named with the function that took it", () => {
  expect(optionInvalid("parrot", "apiUrl", "must be an http(s) address")).toMatchObject({
    code: "configuration_invalid",
    message: expect.stringContaining("parrot: apiUrl must be an http(s) address"),
    issues: [{ field: "apiUrl", code: "invalid", message: "must be an http(s) address" }],
  });
  expect(millisecondsOption("parrot", 0, "timeoutMs")).toBe(0);
  for (const value of [-1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => millisecondsOption("parrot", value, "timeoutMs")).toThrow();
});

it("defaults are read and not printed", () => {
  const schema = { "~standard": { version: 1, vendor: "x", validate: async (value: unknown) => ({ value: value as object }) } } as const;
  const settings = unprintedDefaults({ schema, defaults: { keys: ["a-secret"] }, secrets: ["keys"] });
  expect(settings.defaults.keys).toEqual(["a-secret"]);
  expect(JSON.stringify(settings)).not.toContain("a-secret");
});
