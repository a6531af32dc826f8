import { describe, expect, it } from "vitest";
import { sizeFaults } from "./file-size.ts";
import { filesLike } from "./source-files.ts";

const file = (path: string, lines = 1): { path: string; text: string } => ({ path, text: "line\n".repeat(lines) });
const ports = (count: number): readonly { path: string; text: string }[] =>
  Array.from({ length: count }, (_, index) => file(`packages/core/src/model/port-${index}.ts`));

describe("files", () => {
  it("stay small, well named and near the top", () => {
    expect(sizeFaults(filesLike("packages/*/src/**/*.ts", "examples/*/**/*.ts", "tests/**/*.ts"))).toEqual([]);
  });

  it("may have 250 lines, 300 as tests, and stand two folders below src, nine together", () => {
    expect(
      sizeFaults([
        ...ports(9),
        file("packages/core/src/model/stores/inbox-store.ts", 250),
        file("packages/core/src/model/port.test.ts", 300),
      ]),
    ).toEqual([]);
  });

  it("may stand in a third folder below src where it has another beside it, for there it spares a prefix", () => {
    expect(
      sizeFaults([file("packages/core/src/model/stores/sql/inbox.ts"), file("packages/core/src/model/stores/memory/inbox.ts")]),
    ).toEqual([]);
  });

  it("are refused in a fourth folder below src, whatever is beside it", () => {
    const sql = "packages/core/src/model/stores/sql";
    expect(sizeFaults([file(`${sql}/inbox/rows.ts`), file(`${sql}/records/rows.ts`)])).toHaveLength(2);
  });

  it("may stand together in greater number where the folder is listed with a reason, and only there", () => {
    const crowded = { "packages/core/src/model": "one port a file" };
    expect(sizeFaults(ports(10), crowded)).toEqual([]);
    expect(sizeFaults(ports(9), crowded)).toEqual([expect.stringContaining("take it off the list")]);
  });

  it.each([
    ["251 lines", [file("packages/core/src/seal.ts", 251)]],
    ["301 lines of test", [file("packages/core/src/seal.test.ts", 301)]],
    ["a name that says nothing", [file("packages/core/src/utils.ts")]],
    ["a test of a name that says nothing", [file("packages/core/src/helpers.test.ts")]],
    ["a name in camelCase", [file("packages/core/src/wadeskError.ts")]],
    ["a third folder below src without another beside it", [file("packages/core/src/model/stores/sql/inbox.ts")]],
    ["a tenth file in a folder that is not listed", ports(10)],
  ])("are refused for %s", (_name, files) => {
    expect(sizeFaults(files)).toHaveLength(1);
  });
});
