import { describe, expect, it } from "vitest";
import { type Entry, entryOf, sharedNames } from "./core-entries.ts";
import { filesLike } from "./source-files.ts";

const [hosts, authors] = ["index", "ports-entry"].map((name): Entry => {
  const [file] = filesLike(`packages/core/src/${name}.ts`);
  return entryOf(file ?? { path: "", text: "" });
}) as [Entry, Entry];

describe("core's two entries", () => {
  it("share no name", () => {
    expect(sharedNames(hosts, authors)).toEqual([]);
  });

  it("leave hosts five things that exist at run time", () => {
    expect(hosts.values.toSorted()).toEqual(["ERROR_TABLE", "WadeskError", "createWadesk", "isWadeskError", "memoryStorage"]);
  });

  it("give authors the ports and what a channel is made with", () => {
    expect(authors.names).toEqual(expect.arrayContaining(["Channel", "WebhookSource", "ConnectionStore", "checkOptions", "lazySchema"]));
  });
});

describe("an entry", () => {
  const text = 'export type { A } from "./a.ts";\nexport { type B, c } from "./b.ts";\n';

  it("tells what exists at run time from what the compiler alone knows", () => {
    expect(entryOf({ path: "x.ts", text })).toEqual({ values: ["c"], names: ["A", "B", "c"] });
  });

  it("shares what another exports too, be it a type", () => {
    expect(sharedNames(entryOf({ path: "x.ts", text }), { values: [], names: ["B", "D"] })).toEqual(["B"]);
  });
});
