import { describe, expect, it } from "vitest";
import { filesLike } from "./source-files.ts";

const EXAMPLES = ["express", "fastify", "nextjs"];
// what the framework or the system sets
const NOT_OURS = new Set(["NEXT_RUNTIME", "NODE_ENV"]);

const READ = /(?:\bread(?:Port)?\(|\benvironment\[|\benv\[)"([A-Z][A-Z_]+)"|\b(?:environment|env)\.([A-Z][A-Z_]+)/g;

/** The variables that an example's sources read. */
function readBy(example: string): ReadonlySet<string> {
  const files: { readonly text: string }[] = [...filesLike(`examples/${example}/**/*.ts`), ...filesLike(`examples/${example}/**/*.tsx`)];
  // and what all of them are told by
  if (files.some(({ text }) => text.includes("@wadesk/example-app/server"))) files.push(...filesLike("examples/app/server/*.ts"));
  const names = files.flatMap(({ text }) => [...text.matchAll(READ)].map(([, called = "", named = called]) => named));
  return new Set(names.filter((name) => !NOT_OURS.has(name)));
}

function listedBy(example: string): ReadonlySet<string> {
  const [file] = filesLike(`examples/${example}/.env.example`);
  return new Set([...(file?.text ?? "").matchAll(/^([A-Z_]+)=$/gm)].map(([, name = ""]) => name));
}

describe("the variables of examples/bridge", () => {
  it("stand in its .env.example and in the guide, all that the program reads and no others", () => {
    const [{ text } = { text: "" }] = filesLike("packages/unofficial/src/service/told/variables.ts");
    const read = [...text.matchAll(/name: "([A-Z_]+)"/g)].map(([, name = ""]) => name);
    expect([...listedBy("bridge")].sort()).toEqual([...read].sort());
    const [guide = { text: "" }] = filesLike("docs/guides/bridge.md");
    expect(read.filter((name) => !guide.text.includes(`\`${name}`))).toEqual([]);
    expect(read.length).toBeGreaterThan(5);
  });
});

describe.each(EXAMPLES)("the variables of examples/%s", (example) => {
  it("stand in its .env.example, all of them and no others", () => {
    expect([...listedBy(example)].sort()).toEqual([...readBy(example)].sort());
    expect(readBy(example).size).toBeGreaterThan(5);
  });
});
