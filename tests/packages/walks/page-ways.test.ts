import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../public-packages.ts";
import { pageSteps } from "./page-steps.ts";
import { pageWays } from "./page-ways.ts";

describe("the ways through a page", () => {
  it("are one, the page as it stands, where it names none", () => {
    expect(pageWays("one\n\ntwo\n")).toEqual([{ name: undefined, markdown: "one\n\ntwo\n" }]);
  });

  it("have what is of every way, and of the parts what names them, in lines that keep their numbers", () => {
    const page = ["all", "<!-- walk: way A, B b -->", "both", "<!-- walk: way B b -->", "one", "<!-- walk: every way -->", "end"];
    expect(pageWays(page.join("\n"))).toEqual([
      { name: "A", markdown: ["all", "", "both", "", "", "", "end"].join("\n") },
      { name: "B b", markdown: ["all", "", "both", "", "one", "", "end"].join("\n") },
    ]);
  });

  it("of the guide to the screen lead from an empty folder of each framework to its first words", () => {
    const ways = pageWays(readFileSync(join(root, "docs/guides/devices.md"), "utf8"));
    const steps = ways.map(({ name, markdown }) => [name, pageSteps(markdown)] as const);
    const saved = steps.map(([name, each]) => [name, each.flatMap((step) => (step.kind === "save" ? [step.name] : []))]);
    expect(Object.fromEntries(saved)).toEqual({
      Express: ["devices.ts", "app.ts"],
      "React with Vite": ["devices.ts", "app.ts", "vite.config.js", "index.html", "main.tsx"],
      Fastify: ["devices.ts", "server.ts"],
      "Next.js": ["devices.ts", "app/wadesk/[...path]/route.ts", "app/page.tsx", "app/layout.tsx"],
    });
    for (const [, each] of steps) expect(each.at(-1)).toMatchObject({ kind: "see", words: "Connect your first number" });
  });
});
