import { normalizeMeta } from "@wadesk/cloud-api/inbound";
import { describe, expect, it } from "vitest";
import { missingSpecification } from "../file/document.ts";
import { valueAt } from "../file/patch.ts";
import { theSpecification } from "../specification.ts";
import { KNOWN_VALUES } from "./known-values.ts";

interface Change {
  readonly field: string;
  readonly value: object;
}

const EXAMPLES = "/paths/~1whatsapp~1webhooks/post/requestBody/content/application~1json/examples";
const NEIGHBOUR = { phone_number_id: "999999", of: "the neighbour" };

function changes(): readonly Change[] {
  if (missingSpecification() !== undefined) return KNOWN_VALUES;
  const examples = valueAt(theSpecification().document, EXAMPLES) as Record<string, { value: { entry: { changes: Change[] }[] } }>;
  return [...KNOWN_VALUES, ...Object.values(examples).flatMap(({ value }) => value.entry.flatMap((entry) => entry.changes))];
}

/** Copies of a value, each with a neighbour named in one of its objects, the value itself among them. */
function* planted(value: object): Generator<object> {
  yield Array.isArray(value) ? [...value, { neighbour: NEIGHBOUR }] : { ...value, neighbour: NEIGHBOUR };
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner !== "object" || inner === null) continue;
    for (const each of planted(inner as object)) {
      yield Array.isArray(value) ? value.map((item, index) => (String(index) === key ? each : item)) : { ...value, [key]: each };
    }
  }
}

const events = ({ field, value }: Change) =>
  normalizeMeta({ object: "whatsapp_business_account", entry: [{ id: "800100", time: 1_750_000_000, changes: [{ field, value }] }] });

describe("a change in which a neighbour is named somewhere", () => {
  it("is the neighbour's or nobody's where it names no number of its own, and never everybody's", () => {
    for (const { field, value } of changes()) {
      const { metadata: _number, ...rest } = value as { metadata?: unknown };
      for (const each of planted(rest)) {
        for (const event of events({ field, value: each })) {
          if (!JSON.stringify(event.data.raw).includes("the neighbour")) continue;
          expect(event, field).not.toHaveProperty("scope");
          expect(["cloud-api:999999", "cloud-api:800100"], field).toContain(event.route);
        }
      }
    }
  });

  it("is its own number's, and what stands beside its items and names the neighbour goes to nobody", () => {
    for (const { field, value } of changes()) {
      if (!("metadata" in value)) continue;
      const whole = events({ field, value: { ...value, neighbour: NEIGHBOUR } });
      const own = whole.filter((event) => event.route !== "cloud-api:800100");
      expect(JSON.stringify(own), field).not.toContain("the neighbour");
      expect(
        own.map(({ key }) => key),
        field,
      ).toEqual(events({ field, value }).map(({ key }) => key));
      expect(whole.length, field).toBe(own.length + 1);
    }
  });
});
