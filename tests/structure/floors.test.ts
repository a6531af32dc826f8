import { describe, expect, it } from "vitest";
import { floorFaults, type House, housesOf } from "./floors.ts";
import { filesLike, packageFiles, type SourceFile } from "./source-files.ts";

const drawnIn = (paper: SourceFile | undefined): readonly House[] => (paper === undefined ? [] : housesOf(paper));
const file = (path: string, ...specifiers: readonly string[]): SourceFile => ({
  path: `packages/core/src/${path}`,
  text: specifiers.map((specifier) => `import type { X } from "${specifier}";\n`).join(""),
});
const house: House = { path: "packages/core/src", floors: [["errors"], ["model", "time"], ["client"], ["index"]] };
const rooms = [file("errors/error.ts"), file("model/event.ts"), file("time/clock.ts"), file("client/client.ts"), file("index.ts")];

describe("the floors of the packages", () => {
  const [agents] = filesLike("AGENTS.md");
  const files = packageFiles();

  // reads and parses every package, which takes a while on a busy machine
  it("are as AGENTS.md draws them, and each room imports from below alone", () => {
    expect(floorFaults(files, drawnIn(agents))).toEqual([]);
  });

  it("fall with one arrow upwards", () => {
    const upwards = files.map((each) =>
      each.path === "packages/core/src/errors/wadesk-error.ts"
        ? { ...each, text: `import type { Engine } from "../engine/engine.ts";\n${each.text}` }
        : each,
    );
    expect(floorFaults(upwards, drawnIn(agents))).toEqual([
      "packages/core/src/errors/wadesk-error.ts imports ../engine/engine.ts, and engine is not below errors",
    ]);
  });

  it("are read from the section of their name alone, floor by floor", () => {
    const text =
      "| `packages/a/src` | x |\n\n## Floors\n\n| house | rooms |\n| --- | --- |\n| `packages/b/src` | x → y, z → index |\n\n## Rules\n";
    expect(housesOf({ path: "AGENTS.md", text })).toEqual([{ path: "packages/b/src", floors: [["x"], ["y", "z"], ["index"]] }]);
  });

  it.each([
    ["a room imports from below", file("client/wadesk.ts", "../model/event.ts", "../errors/error.ts")],
    ["a room imports its own", file("model/message.ts", "./event.ts")],
    ["a test imports from anywhere", file("errors/error.test.ts", "../client/client.ts")],
    ["a stand-in for tests imports from anywhere", file("testing/echo.ts", "../client/client.ts")],
  ])("allow that %s", (_name, added) => {
    expect(floorFaults([...rooms, added], [house])).toEqual([]);
  });

  it.each([
    ["a room imports from above", file("errors/table.ts", "../model/event.ts")],
    ["a room imports from one beside it", file("model/message.ts", "../time/clock.ts")],
    ["a room imports the entry", file("client/wadesk.ts", "../index.ts")],
    ["a room is not drawn", file("voices/list.ts")],
    ["a file beside the rooms is not drawn", file("options.ts")],
    ["a package is not drawn", { path: "packages/devices/src/index.ts", text: "" }],
  ])("refuse that %s", (_name, added) => {
    expect(floorFaults([...rooms, added], [house])).toHaveLength(1);
  });

  it.each([
    ["on first use", 'const later = () => import("../model/event.ts");'],
    ["by the name of a type", 'type Event = import("../model/event.ts").Event;'],
    ["by handing it on", 'export { type Event } from "../model/event.ts";'],
  ])("count what is imported %s", (_name, text) => {
    expect(floorFaults([...rooms, { ...file("errors/table.ts"), text }], [house])).toHaveLength(1);
  });

  it("refuse a room that is gone, and one on two floors", () => {
    expect(floorFaults(rooms.slice(1), [house])).toEqual(["packages/core/src/errors has a floor in AGENTS.md and is not there"]);
    expect(floorFaults(rooms, [{ ...house, floors: [...house.floors, ["time"]] }])).toEqual([
      "packages/core/src/time has two floors in AGENTS.md",
    ]);
  });
});
