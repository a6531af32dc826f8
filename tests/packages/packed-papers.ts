import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, posix } from "node:path";
import { root } from "./public-packages.ts";

const GUIDES = "docs/guides";
const HERE = "dist/guides";

/** Where the repository is read by whoever has only a package. */
export const REPOSITORY = "https://github.com/wadesk/sdk";

// which guides go with which package; core takes those that are in none
const OF_PACKAGES: Readonly<Record<string, readonly string[]>> = {
  "cloud-api": ["cloud-api", "own-apps", "signup"],
  twilio: ["twilio"],
  unofficial: ["unofficial", "moving-in", "bridge", "bridge-protocol"],
  webhooks: ["webhooks"],
  storage: ["storage"],
  devices: ["devices", "screen"],
  testing: ["testing", "testing-whatsapp-web"],
};

/** The names of the guides that a package's tarball brings, by the folder of the package. */
export function guidesOf(folder: string): readonly string[] {
  const own = OF_PACKAGES[folder];
  if (own !== undefined) return own;
  const placed = new Set(Object.values(OF_PACKAGES).flat());
  return allGuides().filter((name) => folder === "core" && !placed.has(name));
}

/** Every guide's name, in alphabetical order. */
export function allGuides(): readonly string[] {
  return readdirSync(join(root, GUIDES))
    .filter((file) => file.endsWith(".md"))
    .map((file) => file.slice(0, -".md".length))
    .sort();
}

/** A guide as it stands in a tarball: what it links to is in there too, or has an address that everybody can open. */
export function packedGuide(name: string, beside: readonly string[]): string {
  return textOf(name).replace(/\]\(([^)\s]+)\)/g, (link, target: string) => {
    if (/^([a-z]+:|#)/.test(target)) return link;
    const [path = "", anchor] = target.split("#");
    const at = posix.normalize(posix.join(GUIDES, path));
    if (posix.dirname(at) === GUIDES && beside.includes(posix.basename(at, ".md"))) return link;
    return `](${REPOSITORY}/blob/main/${at}${anchor === undefined ? "" : `#${anchor}`})`;
  });
}

/** What a program that reads papers is told first: what the package is, and where each guide stands. */
export function llmsText(folder: string): string {
  const manifest = manifestOf(folder);
  const here = guidesOf(folder);
  const line = (name: string, at: string): string => `- [${titleOf(name)}](${at}): ${firstSentence(name)}`;
  const elsewhere = allGuides().filter((name) => !here.includes(name));
  const neighbours = Object.keys(OF_PACKAGES).concat("core").sort();
  return `# ${manifest.name}

> ${manifest.description}

Types and docstrings are in \`dist/*.d.ts\`: every failure is a \`WadeskError\`, and \`ERROR_TABLE\` of \`@wadesk/core\` lists the codes with what to do.

## Guides in this package

${here.map((name) => line(name, `${HERE}/${name}.md`)).join("\n")}

## Guides elsewhere

${elsewhere.map((name) => line(name, `${REPOSITORY}/blob/main/${GUIDES}/${name}.md`)).join("\n")}

## Packages beside it

${neighbours
  .filter((each) => each !== folder)
  .map((each) => `- [@wadesk/${each}](${REPOSITORY}/tree/main/packages/${each}): ${manifestOf(each).description}`)
  .join("\n")}
`;
}

/** Writes a package's guides into its `dist`, and its `llms.txt` beside that; its build ends with it. */
export function writePapers(folder: string): void {
  const place = join(root, "packages", folder);
  mkdirSync(join(place, HERE), { recursive: true });
  const names = guidesOf(folder);
  for (const name of names) writeFileSync(join(place, HERE, `${name}.md`), packedGuide(name, names));
  writeFileSync(join(place, "llms.txt"), llmsText(folder));
}

function textOf(name: string): string {
  return readFileSync(join(root, GUIDES, `${name}.md`), "utf8");
}

function titleOf(name: string): string {
  return /^# (.+)$/m.exec(textOf(name))?.[1] ?? name;
}

// without its links and marks
function firstSentence(name: string): string {
  const [, paragraph = ""] = /^# .+\n+([\s\S]+?)\n\n/.exec(textOf(name)) ?? [];
  const plain = paragraph
    .replace(/\[([^\]]+)\]\([^)]+\)/g, "$1")
    .replace(/[*`]/g, "")
    .replace(/\s+/g, " ");
  return /^.+?[.:](?= |$)/.exec(plain)?.[0].replace(/:$/, ".") ?? plain;
}

function manifestOf(folder: string): { readonly name: string; readonly description: string } {
  return JSON.parse(readFileSync(join(root, "packages", folder, "package.json"), "utf8")) as { name: string; description: string };
}
