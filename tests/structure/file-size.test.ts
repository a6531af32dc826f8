import { describe, expect, it } from "vitest";
import { sizeFaults } from "./file-size.ts";
import { filesLike } from "./source-files.ts";

const file = (path: string, lines = 1): { path: string; text: string } => ({ path, text: "line\n".repeat(lines) });

describe("files", () => {
  it("stay small, well named and near the top", () => {
    expect(sizeFaults(filesLike("packages/*/src/**/*.ts", "examples/*/**/*.ts", "tests/**/*.ts"))).toEqual([]);
  });

  it("may have 250 lines, 300 as tests, and stand two folders below src, nine together", () => {
    const nine = Array.from({ length: 9 }, (_, index) => file(`packages/core/src/ports/port-${index}.ts`));
    expect(
      sizeFaults([...nine, file("packages/core/src/ports/stores/inbox-store.ts", 250), file("packages/core/src/ports/port.test.ts", 300)]),
    ).toEqual([]);
  });

  it("may stand in a third folder below src where it has another beside it, for there it spares a prefix", () => {
    expect(
      sizeFaults([file("packages/core/src/ports/stores/sql/inbox.ts"), file("packages/core/src/ports/stores/memory/inbox.ts")]),
    ).toEqual([]);
  });

  it("are refused in a fourth folder below src, whatever is beside it", () => {
    const sql = "packages/core/src/ports/stores/sql";
    expect(sizeFaults([file(`${sql}/inbox/rows.ts`), file(`${sql}/records/rows.ts`)])).toHaveLength(2);
  });

  it.each([
    ["251 lines", [file("packages/core/src/seal.ts", 251)]],
    ["301 lines of test", [file("packages/core/src/seal.test.ts", 301)]],
    ["a name that says nothing", [file("packages/core/src/utils.ts")]],
    ["a test of a name that says nothing", [file("packages/core/src/helpers.test.ts")]],
    ["a name in camelCase", [file("packages/core/src/wadeskError.ts")]],
    ["a third folder below src without another beside it", [file("packages/core/src/ports/stores/sql/inbox.ts")]],
    ["a tenth file in a folder", Array.from({ length: 10 }, (_, index) => file(`packages/core/src/ports/port-${index}.ts`))],
  ])("are refused for %s", (_name, files) => {
    expect(sizeFaults(files)).toHaveLength(1);
  });
});
