import fc from "fast-check";
import type { ValueTree } from "./value-tree.ts";

// places for leaves that stand nowhere else in their value, so that it is seen where they went
const WORD = { place: "word" };
const DIGITS = { place: "digits" };
const FIGURE = { place: "figure" };
const unique = fc.constantFrom<object>(WORD, DIGITS, FIGURE);
// what nobody has heard of, beside what is known: words, lists and objects, and names that JavaScript has a meaning for
const strangeKey = fc.constantFrom("moons", "new_field", "__proto__", "constructor", "toString", "raw", "beside");
const strangeValue = fc.oneof(unique, fc.record({ deimos: unique }), fc.array(unique, { minLength: 1, maxLength: 2 }));

/** Values of a tree: any of its fields, lists of up to three items, words of its own or others, and fields that nobody knows. */
export function valuesOf(tree: ValueTree): fc.Arbitrary<unknown> {
  return arbitraryOf(tree).map(numbered);
}

function arbitraryOf({ keys, items, words }: ValueTree): fc.Arbitrary<unknown> {
  const forms: { arbitrary: fc.Arbitrary<unknown>; weight: number }[] = [];
  if (words.size > 0 || (keys.size === 0 && items === undefined)) {
    forms.push({ arbitrary: unique, weight: 2 });
    if (words.size > 0) forms.push({ arbitrary: fc.constantFrom(...words), weight: 3 });
  }
  if (items !== undefined) forms.push({ arbitrary: fc.array(arbitraryOf(items), { maxLength: 3 }), weight: 8 });
  if (keys.size > 0) {
    const known = fc.record(Object.fromEntries([...keys].map(([key, inner]) => [key, arbitraryOf(inner)])), { requiredKeys: [] });
    const object = fc.tuple(known, fc.array(fc.tuple(strangeKey, strangeValue), { maxLength: 1 }));
    // by entries: a key `__proto__` is a field like any other, as it is in parsed JSON
    forms.push({ arbitrary: object.map(([own, strange]) => Object.fromEntries([...Object.entries(own), ...strange])), weight: 8 });
  }
  // now and then something of quite another type stands in a place
  forms.push({ arbitrary: strangeValue, weight: 1 });
  return fc.oneof(...forms);
}

function numbered(value: unknown): unknown {
  let count = 0;
  const visit = (inner: unknown): unknown => {
    if (inner === WORD || inner === DIGITS || inner === FIGURE) count += 1;
    if (inner === WORD) return `leaf ${count}`;
    if (inner === DIGITS) return `5511${900_000_000 + count}`;
    if (inner === FIGURE) return 700_000_000 + count;
    if (Array.isArray(inner)) return inner.map(visit);
    if (typeof inner !== "object" || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, field]) => [key, visit(field)]));
  };
  return visit(value);
}
