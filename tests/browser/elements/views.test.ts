import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { onPage } from "./world/on-page.ts";
import { stubScreen } from "./world/stub-screen.ts";
import { VIEWS } from "./world/views.ts";

const PICTURES = fileURLToPath(new URL("../../../.views", import.meta.url));
mkdirSync(PICTURES, { recursive: true });

const LOOKS = (["light", "dark"] as const).flatMap((theme) => [1280, 390].map((width) => ({ theme, width })));
// each view in one of them, so that all are looked at; in all four where somebody asks for it
const looksOf = (index: number): typeof LOOKS =>
  process.env.WADESK_EVERY_LOOK === "1" ? LOOKS : LOOKS.filter((_, each) => each === index % 4);
const ROWS = VIEWS.flatMap((view, index) => looksOf(index).map((look) => ({ ...view, ...look })));

/** What axe finds, as the rule and where. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(`${axe.source};0`);
  return page.evaluate(
    `axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + " " + target.join(" ") + " " + failureSummary)))`,
  );
}

onPage("a view", (here) => {
  it.each(ROWS)("$name, $theme and $width wide, has nothing that axe finds, and keeps the strictest policy", async (view) => {
    const screen = stubScreen(view.stub);
    const { theme, width } = view;
    const page = await here.open(screen.answer, { theme, width });
    await view.go(page, screen);
    // what reads colours does not see the canvas
    await page.evaluate(`document.documentElement.style.background = "${theme === "dark" ? "#0e0f12" : "#fafafb"}"`);
    await page.screenshot({ path: join(PICTURES, `${view.name}-${theme}-${width}.png`), fullPage: true, animations: "disabled" });
    expect(await violations(page)).toEqual([]);
    // nothing stands beyond the window's side
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  });
});
