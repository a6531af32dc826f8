import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { onPage } from "./world/on-page.ts";
import { stubScreen } from "./world/stub-screen.ts";
import { PHONES } from "./world/wire-fixtures.ts";

const FOLDER = fileURLToPath(new URL("../../../.views", import.meta.url));

/** How many of the element's parts would move for longer than an eye sees, or again and again. */
const moving = (page: Page): Promise<number> =>
  page.evaluate(`[...document.querySelector("wadesk-devices").shadowRoot.querySelectorAll("*")].filter((each) => {
    const { animationName, animationDuration, animationIterationCount, transitionDuration } = getComputedStyle(each);
    const longest = (text) => Math.max(...text.split(",").map((part) => parseFloat(part) * (part.includes("ms") ? 1 : 1000)));
    const animated = animationName !== "none" && (longest(animationDuration) > 1 || animationIterationCount.includes("infinite"));
    return animated || longest(transitionDuration) > 1;
  }).length`);

onPage("whoever sets their system", (here) => {
  it("to less motion sees nothing move, and else something does while it loads", async () => {
    const page = await here.open(stubScreen({ silent: true }).answer);
    await page.getByRole("status").filter({ hasText: "Loading" }).first().waitFor();
    expect(await moving(page)).toBe(0);
    await page.emulateMedia({ reducedMotion: "no-preference" });
    expect(await moving(page)).toBeGreaterThan(0);
  });

  it("to colours of their own sees what is chosen, every state and every button by a border, and where the focus is", async () => {
    const page = await here.open(stubScreen({ items: PHONES }).answer);
    await page.emulateMedia({ forcedColors: "active" });
    await page.getByRole("heading", { name: "Sales line" }).waitFor();
    const faint: unknown = await page.evaluate(`(() => {
      const { shadowRoot } = document.querySelector("wadesk-devices");
      const line = (each) => { const { borderTopWidth, outlineStyle } = getComputedStyle(each); return parseFloat(borderTopWidth) > 0 || outlineStyle !== "none"; };
      const marked = [...shadowRoot.querySelectorAll(".chip, .btn:not(.quiet, .link, .icon), .radio:has(:checked), .card")];
      return [marked.length > 20, marked.filter((each) => !line(each)).map((each) => each.className)];
    })()`);
    expect(faint).toEqual([true, []]);
    await page.keyboard.press("Tab");
    const focused = `(() => {
      const { activeElement } = document.querySelector("wadesk-devices").shadowRoot;
      return activeElement === null ? "" : getComputedStyle(activeElement).outlineStyle;
    })()`;
    await expect.poll(() => page.evaluate(focused)).not.toBe("none");
    await page.screenshot({ path: join(FOLDER, "devices-forced-colours.png"), animations: "disabled" });
    await page.getByRole("button", { name: "Actions for Sales line" }).click();
    await page.getByRole("menuitem", { name: "Remove…" }).click();
    await page.getByRole("alertdialog").waitFor();
    await page.screenshot({ path: join(FOLDER, "confirm-forced-colours.png"), animations: "disabled" });
    expect(
      Number.parseFloat(
        await page.evaluate(
          `getComputedStyle(document.querySelector("wadesk-devices").shadowRoot.querySelector("dialog[open]")).borderTopWidth`,
        ),
      ),
    ).toBeGreaterThan(0);
  });
});
