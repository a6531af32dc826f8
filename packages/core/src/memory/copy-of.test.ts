import { expect, it } from "vitest";
import { copyOf } from "./copy-of.ts";

it("copies plain data at every level, so that an edit of the copy stays its own", () => {
  const row = { id: "c1", list: [{ a: 1 }, [2]], nothing: null, absent: undefined };
  const copy = copyOf(row);
  expect(copy).toStrictEqual(row);
  for (const [mine, theirs] of [
    [copy, row],
    [copy.list, row.list],
    [copy.list[0], row.list[0]],
    [copy.list[1], row.list[1]],
  ]) {
    expect(mine).not.toBe(theirs);
  }
});

it("copies what is not plain as the engine does: bytes, dates, and what leads back to itself", () => {
  const bytes = new Uint8Array([1, 2]);
  const round: Record<string, unknown> = { bytes, on: new Date(0) };
  round.self = round;
  const copy = copyOf(round);
  expect(copy.bytes).toStrictEqual(bytes);
  expect(copy.bytes).not.toBe(bytes);
  expect(copy.on).toStrictEqual(new Date(0));
  // a hundred levels down the engine takes over, and there it leads back to itself
  let deep: unknown = copy;
  for (let level = 0; level < 1000; level += 1) deep = (deep as { readonly self: unknown }).self;
  expect(deep).toMatchObject({ on: new Date(0) });
});

it("keeps a field of any name, and no prototype is changed by one", () => {
  const copy = copyOf(JSON.parse('{"__proto__":{"admin":true},"constructor":1}')) as object;
  expect(JSON.stringify(copy)).toBe('{"__proto__":{"admin":true},"constructor":1}');
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
});

it.each([
  ["a function", () => 1],
  ["a symbol", Symbol("s")],
])("refuses %s, which no storage keeps", (_, value) => {
  expect(() => copyOf({ value })).toThrow();
});
