import { describe, expect, it } from "vitest";
import { pageOf } from "./page-of.ts";

const all = (from: readonly string[]) => (cursor?: string) =>
  pageOf(from, (item) => [item.length, item], { limit: 2, ...(cursor !== undefined && { cursor }) });

describe("a page", () => {
  it("goes on in place when the item before it was removed meanwhile", () => {
    const first = all(["a", "b", "c", "d", "e"])();
    expect(first.items).toEqual(["a", "b"]);
    expect(all(["a", "c", "d", "e"])(first.next).items).toEqual(["c", "d"]);
    expect(all(["c", "d", "e"])(first.next).items).toEqual(["c", "d"]);
  });

  it("follows the order of the positions, field by field, and the last one names no next", () => {
    const read = all(["bb", "c", "aa"]);
    const first = read();
    expect([first.items, read(first.next)]).toEqual([["c", "aa"], { items: ["bb"] }]);
  });

  it.each(["gibberish", "7", "{}", "[1]", '["a","a"]', '[1,"a",1]', "[1,null]", ""])(
    "is refused with a cursor that is not one of ours, for it would be the first one again: %s",
    (cursor) => {
      expect(all(["a"])('[0,"a"]').items).toEqual(["a"]);
      expect(() => all(["a"])(cursor)).toThrow(
        expect.objectContaining({ code: "input_invalid", issues: [{ field: "cursor", code: "wrong_form", message: expect.any(String) }] }),
      );
    },
  );
});
