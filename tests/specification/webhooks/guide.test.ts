import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { KNOWN_VALUES } from "./known-values.ts";

const guide = readFileSync(new URL("../../../docs/guides/events.md", import.meta.url), "utf8");
const [first = ""] = guide.split("## Nothing is left out");
const rows = guide.split("\n").filter((line) => line.startsWith("| `"));

describe("the guide to events", () => {
  it("names every field of Meta's that is known, and the events that it becomes", () => {
    const unsaid = KNOWN_VALUES.filter(
      ({ field, type }) => !rows.some((row) => row.includes(`\`${field}\``) && row.slice(2).includes(`\`${type}\``)),
    );
    expect(unsaid.map(({ field, type }) => `${field}: ${type}`)).toEqual([]);
  });

  it("names every event", () => {
    for (const { type } of KNOWN_VALUES) expect(first.includes(`\`${type}\``), type).toBe(true);
  });
});
