import { describe, expect, it } from "vitest";
import { doorsToBaileys } from "./baileys-door.ts";
import { isForTests, isTest, packageFiles } from "./source-files.ts";

const room = "packages/testing/src/whatsapp-web";

describe("the WhatsApp Web server", () => {
  const files = packageFiles().filter(({ path }) => path.startsWith(`${room}/`) && !isTest(path));

  it("takes what it needs of Baileys in baileys.ts alone, types included, and from the package's root", () => {
    expect(files.length).toBeGreaterThan(50);
    expect(doorsToBaileys(files)).toEqual([
      { path: `${room}/baileys.ts`, specifier: "@whiskeysockets/baileys", kind: "type" },
      { path: `${room}/baileys.ts`, specifier: "@whiskeysockets/baileys", kind: "lazy" },
    ]);
  });

  it("and the unofficial channel takes what it needs in a file of its own, in no other way", () => {
    const channel = "packages/unofficial/src";
    const files = packageFiles().filter((file) => file.path.startsWith(`${channel}/`) && !isForTests(file.path));
    expect(files.length).toBeGreaterThan(30);
    const doors = doorsToBaileys(files);
    expect(new Set(doors.map(({ path, specifier }) => `${path} ${specifier}`))).toEqual(
      new Set([`${channel}/baileys/baileys.ts @whiskeysockets/baileys`]),
    );
    expect(doors.filter(({ kind }) => kind === "value")).toEqual([]);
  });

  it("is searched for every way into Baileys", () => {
    const text = [
      'import { proto } from "@whiskeysockets/baileys";',
      'import type { WASocket } from "@whiskeysockets/baileys";',
      'const { proto } = await import("@whiskeysockets/baileys/WAProto");',
      'const socket = require("@whiskeysockets/baileys/lib/Socket");',
      'import "@whiskeysockets/baileys-extras";',
    ].join("\n");
    const doors = doorsToBaileys([{ path: `${room}/wire/node.ts`, text }]);
    expect(doors.map(({ specifier, kind }) => `${kind} ${specifier}`)).toEqual([
      "value @whiskeysockets/baileys",
      "type @whiskeysockets/baileys",
      "lazy @whiskeysockets/baileys/WAProto",
      "value @whiskeysockets/baileys/lib/Socket",
    ]);
  });
});
