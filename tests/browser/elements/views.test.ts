import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { onPage } from "./world/on-page.ts";
import { IN_EVERY_LOOK, PICTURES, SHOWN } from "./world/pictures.ts";

const FOLDER = fileURLToPath(new URL("../../../.views", import.meta.url));
mkdirSync(FOLDER, { recursive: true });

const LOOKS = (["light", "dark"] as const).flatMap((theme) => [1280, 390].map((width) => ({ theme, width })));
// each view in one of them, so that all are looked at, and some in all four; all of them where somebody asks for it
const looksOf = (name: string, index: number): typeof LOOKS =>
  Number(process.env.WADESK_TIMES ?? 1) > 1 || IN_EVERY_LOOK.has(name) ? LOOKS : LOOKS.filter((_, each) => each === index % 4);
const ROWS = PICTURES.flatMap((picture, index) => looksOf(picture.name, index).map((look) => ({ ...picture, ...look })));

/** What axe finds, as the rule and where. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(`${axe.source};0`);
  return page.evaluate(
    `axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + " " + target.join(" ") + " " + failureSummary)))`,
  );
}

describe("the pictures of the elements", () => {
  it("have names of their own, and there is one of each state", () => {
    const names = PICTURES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const needed = [...Object.values(SHOWN).flatMap((states) => Object.values(states)), ...IN_EVERY_LOOK];
    expect(needed.filter((name) => !names.includes(name))).toEqual([]);
  });
});

onPage("a view", (here) => {
  it.each(ROWS)("$name, $theme and $width wide, has nothing that axe finds, and keeps the strictest policy", async (view) => {
    const { theme, width, attributes } = view;
    const { answer, go } = await view.open();
    const page = await here.open(answer, { theme, width, ...(attributes && { attributes }) });
    await go(page);
    // what reads colours does not see the canvas
    await page.evaluate(`document.documentElement.style.background = "${theme === "dark" ? "#0e0f12" : "#fafafb"}"`);
    await page.screenshot({ path: join(FOLDER, `${view.name}-${theme}-${width}.png`), fullPage: true, animations: "disabled" });
    expect(await violations(page)).toEqual([]);
    // nothing stands beyond the window's side
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  });
});
