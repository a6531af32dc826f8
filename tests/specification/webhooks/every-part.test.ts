import { normalizeMeta } from "@wadesk/cloud-api/inbound";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { missingSpecification, readDocument } from "../file/document.ts";
import { type Node, valueAt } from "../file/patch.ts";
import { KNOWN_VALUES, webhookOf } from "./known-values.ts";
import { lostFrom } from "./lost-leaves.ts";
import { addExample, addSchema, emptyTree, type ValueTree } from "./value-tree.ts";
import { valuesOf } from "./values-of.ts";

const missing = missingSpecification();
const CHANGES = "/paths/~1whatsapp~1webhooks/post/requestBody/content/application~1json/examples";

// by field, what its values may have: of the file's schema and examples, and of what the file lacks
const trees = new Map<string, ValueTree>();
const everything = emptyTree();
const add = (field: string, fill: (tree: ValueTree) => void): void => {
  const tree = trees.get(field) ?? emptyTree();
  trees.set(field, tree);
  fill(tree);
  fill(everything);
};
for (const { field, value } of KNOWN_VALUES) add(field, (tree) => addExample(tree, value));
if (!missing) {
  const document = readDocument();
  for (const { value } of Object.values(valueAt(document, CHANGES) as Record<string, { value: Node }>)) {
    const { field, value: example } = valueAt(value, "/entry/0/changes/0") as { field: string; value: Node };
    add(field, (tree) => addExample(tree, example));
  }
  const values = valueAt(document, "/components/schemas/Change/properties/value");
  const fields = valueAt(document, "/components/schemas/Change/properties/field/enum") as readonly string[];
  for (const field of fields) add(field, (tree) => addSchema(tree, document, values));
}

const lostOf = (change: { readonly field: string; readonly value: unknown }): readonly string[] =>
  lostFrom(
    change.value,
    normalizeMeta({ object: "whatsapp_business_account", entry: [{ id: "800100", time: 1767225600, changes: [change] }] }),
  );

describe("every part of a value reaches an event", () => {
  it("in all that Meta's file and pages show", () => {
    for (const known of KNOWN_VALUES) expect(lostFrom(known.value, normalizeMeta(webhookOf(known))), known.name).toEqual([]);
  });

  it.each([...trees.keys()])("whatever subset of fields a value of %s has, with others that nobody knows", (field) => {
    const tree = trees.get(field) ?? emptyTree();
    fc.assert(
      fc.property(valuesOf(tree), (value) => {
        expect(lostOf({ field, value })).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("whatever stands together in one value, under a field that is known or not", () => {
    const fields = fc.constantFrom(...trees.keys(), "lunar_update");
    fc.assert(
      fc.property(fields, valuesOf(everything), (field, value) => {
        expect(lostOf({ field, value })).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("or the loss is seen", () => {
    const value = {
      metadata: { phone_number_id: "1" },
      messages: [{ id: "wamid.1", from: "5511", type: "text" }],
      conversation_context: { type: "summary" },
    };
    const events = normalizeMeta({ object: "whatsapp_business_account", entry: [{ id: "2", changes: [{ field: "messages", value }] }] });
    const without = events.map((event) => ({ ...event, data: { ...event.data, beside: undefined } })) as typeof events;
    expect(lostFrom(value, events)).toEqual([]);
    expect(lostFrom(value, without)).toEqual(['phone_number_id: "1"', 'type: "summary"']);
  });
});
