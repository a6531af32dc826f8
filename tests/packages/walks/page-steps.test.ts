import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../public-packages.ts";
import { pageSteps } from "./page-steps.ts";

const fenced = (language: string, ...lines: readonly string[]): string => `\n\`\`\`${language}\n${lines.join("\n")}\n\`\`\`\n`;
const typed = { kind: "run", prints: [], isEnded: false, beside: undefined };

describe("the steps of a page", () => {
  it("save what names its file, type in what is of a shell, and leave alone what is neither", () => {
    const page = [fenced("sh", "npm install x"), fenced("ts", "// file: a.ts", "one();"), fenced("ts", "two();"), fenced("html", "<p>")];
    expect(pageSteps(page.join(""))).toEqual([
      { ...typed, line: 2, script: "npm install x" },
      { kind: "save", line: 6, name: "a.ts", text: "// file: a.ts\none();\n" },
    ]);
  });

  it("hold a block that goes on with the one before to be of its file", () => {
    const page = fenced("ts", "// file: a.ts", "one();") + fenced("ts continued", "two();");
    expect(pageSteps(page)).toMatchObject([{ name: "a.ts", text: "// file: a.ts\none();\ntwo();\n" }]);
  });

  it("put a block below a file that was saved before, where a comment says that it goes there", () => {
    const page = [
      `<!-- walk: save as a.test.ts -->\n${fenced("ts", "one();")}${fenced("ts", "// file: b.ts")}`,
      `<!-- walk: goes below a.test.ts -->\n${fenced("ts", "two();")}`,
    ];
    expect(pageSteps(page.join(""))).toMatchObject([{ name: "a.test.ts", text: "one();\ntwo();\n" }, { name: "b.ts" }]);
    expect(() => pageSteps(`<!-- walk: goes below c.ts -->\n${fenced("ts", "two();")}`)).toThrow("c.ts is not saved before line 3");
  });

  it("are none where a comment says why a page has none", () => {
    const page = `<!-- walk: has no steps, it compares -->\n${fenced("ts", "one();")}`;
    expect(pageSteps(page)).toEqual([{ kind: "left out", line: 1, what: "the page", why: "it compares" }]);
  });

  it("type a command of the prose in once its file is there, and once", () => {
    const page = `Save it, and \`node a.ts\` prints \`it works\`.\n${fenced("ts", "// file: a.ts")}\n| \`node a.ts\` | again |\n`;
    expect(pageSteps(page)).toMatchObject([{ kind: "save" }, { kind: "run", script: "node a.ts", prints: ["it works"] }]);
  });

  it("expect of a command what the next block of text shows, and end it by Ctrl+C where that is said", () => {
    const page = fenced("sh", "npm start") + fenced("text", "Ana: Hello", "press Ctrl+C");
    expect(pageSteps(page)).toMatchObject([{ prints: ["Ana: Hello", "press Ctrl+C"], isEnded: true }]);
  });

  it("leave out what a comment says, and what has values of the reader's own, each with why", () => {
    const page = `<!-- walk: leave out, it needs Docker -->\n${fenced("sh", "docker build .")}${fenced("sh", "export A=…")}${fenced("sh", "ls")}`;
    expect(pageSteps(page)).toMatchObject([
      { kind: "left out", what: "docker build .", why: "it needs Docker" },
      { kind: "left out", what: "export A=…" },
      { kind: "run", script: "ls" },
    ]);
  });

  it("begin with the project of the quick start, wherever the page asks for it, and end with its compiler", () => {
    const page = `${fenced("ts", "// file: a.ts")}\nIn a folder as [the quick start](quick-start.md#1-a-project) makes it.\n`;
    expect(pageSteps(page)).toMatchObject([{ kind: "project" }, { kind: "save" }, { script: "npx tsc" }]);
    expect(pageSteps(`${fenced("ts", "// file: a.ts")}\n<!-- walk: project -->\n`)).toEqual(pageSteps(page));
  });

  it("open an address, and look for the words that are told of it", () => {
    const page = "Open `http://localhost:3000/a`: the screen says `Good day`. And `x`.\n";
    expect(pageSteps(page)).toEqual([{ kind: "see", line: 1, address: "http://localhost:3000/a", words: "Good day" }]);
  });

  it("save a page and a file of any folder under the name that its first line has", () => {
    const page = fenced("html", "<!-- file: index.html -->") + fenced("tsx", "// file: app/[...all]/page.tsx");
    expect(pageSteps(page)).toMatchObject([{ name: "index.html" }, { name: "app/[...all]/page.tsx" }]);
  });

  it("end with the compiler where the page says that it finds nothing", () => {
    expect(pageSteps(`For \`npx tsc\`.\n${fenced("ts", "// file: a.ts")}`)).toMatchObject([{ kind: "save" }, { script: "npx tsc" }]);
  });

  it("of the quick start lead from an empty folder to the first message, and on to a connected number", () => {
    const steps = pageSteps(readFileSync(join(root, "docs/guides/quick-start.md"), "utf8"));
    expect(steps.flatMap((step) => (step.kind === "save" ? [step.name] : []))).toEqual(["tsconfig.json", "wadesk.ts", "app.ts", "try.ts"]);
    expect(steps).toContainEqual(expect.objectContaining({ script: "node --env-file=.env try.ts", isEnded: true }));
    expect(steps.at(-2)).toMatchObject({ kind: "run", script: expect.stringContaining("curl localhost:3000/connect") });
  });
});
