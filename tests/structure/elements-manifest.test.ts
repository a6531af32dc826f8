import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../packages/public-packages.ts";
import { elementsManifest } from "./elements-manifest.ts";
import { filesLike } from "./source-files.ts";

const FILE = join(root, "packages/devices/custom-elements.json");

interface Declaration {
  readonly tagName: string;
  readonly members: readonly { readonly name: string; readonly description?: string }[];
  readonly attributes: readonly { readonly name: string }[];
  readonly events: readonly { readonly name: string }[];
}

const declarations = (
  JSON.parse(readFileSync(FILE, "utf8")) as { readonly modules: readonly { readonly declarations: readonly Declaration[] }[] }
).modules.flatMap((module) => module.declarations);

describe("the custom elements manifest", () => {
  it("says what the sources say; to write it anew, run this test with `-u`", async () => {
    await expect(`${JSON.stringify(elementsManifest(), undefined, 2)}\n`).toMatchFileSnapshot(FILE);
  });

  it("has each attribute that the types of the tags have, and a sentence for each member", () => {
    const [{ text } = { text: "" }] = filesLike("packages/devices/src/elements/attributes.ts");
    const typed = (name: string): readonly string[] => {
      const [, body = ""] = new RegExp(`interface ${name}[^{]*{([^}]*)}`).exec(text) ?? [];
      return [...body.matchAll(/readonly "?([\w-]+)"?\?:/g)].map(([, attribute = ""]) => attribute);
    };
    const shared = typed("WadeskAttributes");
    const expected = { "wadesk-devices": typed("WadeskDevicesAttributes"), "wadesk-settings": typed("WadeskSettingsAttributes") };
    for (const { tagName, attributes, members } of declarations) {
      // `lang` is every element's
      const told = attributes.map(({ name }) => name).filter((name) => name !== "lang");
      expect(told.toSorted()).toEqual([...shared, ...expected[tagName as keyof typeof expected]].toSorted());
      expect(members.filter(({ description }) => description === undefined).map(({ name }) => name)).toEqual([]);
    }
    expect(declarations.map(({ tagName }) => tagName)).toEqual(Object.keys(expected));
  });

  it("is named where tools look for it, and goes out with the package", () => {
    const manifest = JSON.parse(readFileSync(join(root, "packages/devices/package.json"), "utf8"));
    expect([manifest.customElements, manifest.files]).toEqual(["custom-elements.json", expect.arrayContaining(["custom-elements.json"])]);
  });
});
