import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { allGuides, guidesOf, llmsText, packedGuide, REPOSITORY } from "./packed-papers.ts";
import { publicPackages, root } from "./public-packages.ts";

const FOLDERS = publicPackages().map(({ folder }) => folder);
const read = (folder: string, file: string): string => readFileSync(join(root, "packages", folder, file), "utf8");

it("every guide travels in one package, and every package has one", () => {
  expect(FOLDERS.flatMap(guidesOf).sort()).toEqual(allGuides());
  for (const folder of FOLDERS) expect(guidesOf(folder)).not.toEqual([]);
});

it("what a packed guide links to is packed beside it, or has an address", () => {
  for (const folder of FOLDERS) {
    const names = guidesOf(folder);
    for (const name of names) {
      const targets = [...packedGuide(name, names).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target.split("#")[0] ?? "");
      expect(targets.filter((target) => !/^(https?:.*)?$/.test(target) && !names.includes(target.replace(/\.md$/, "")))).toEqual([]);
    }
  }
});

describe.each(FOLDERS)("@wadesk/%s", (folder) => {
  it("names its guides and its neighbours to whoever reads its llms.txt", () => {
    const text = llmsText(folder);
    expect(text).not.toContain("undefined");
    for (const name of guidesOf(folder)) expect(text).toContain(`(dist/guides/${name}.md): `);
    for (const other of FOLDERS) if (other !== folder) expect(text).toContain(`[@wadesk/${other}](`);
  });

  it("says where it lives, where its faults go and what it is found by, and packs its papers", () => {
    expect(JSON.parse(read(folder, "package.json"))).toMatchObject({
      homepage: `${REPOSITORY}/tree/main/packages/${folder}#readme`,
      bugs: `${REPOSITORY}/issues`,
      keywords: expect.arrayContaining(["whatsapp", "wadesk"]),
      // the elements are described for editors, too
      files: [...(folder === "devices" ? ["custom-elements.json"] : []), "dist", "llms.txt"],
    });
  });

  it("links its guide, its errors and its neighbours, by addresses that a reader of the package can open", () => {
    const readme = read(folder, "README.md");
    const targets = [...readme.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
    expect(targets.filter((target) => !/^(https?:|#)/.test(target))).toEqual([]);
    const ours = targets.flatMap((target) => /^https:\/\/github\.com\/wadesk\/sdk\/(?:blob|tree)\/main\/([^#]+)/.exec(target)?.[1] ?? []);
    expect(ours.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const guides = guidesOf(folder).map((name) => `${REPOSITORY}/blob/main/docs/guides/${name}.md`);
    expect(targets.filter((target) => guides.some((guide) => target.startsWith(guide)))).not.toEqual([]);
    expect(targets.some((target) => target.includes("troubleshooting.md"))).toBe(true);
    expect(targets.filter((target) => target.startsWith(`${REPOSITORY}/tree/main/packages/`))).not.toEqual([]);
  });
});
