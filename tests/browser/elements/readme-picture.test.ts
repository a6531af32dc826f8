import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { onPage } from "./world/on-page.ts";
import { stubScreen } from "./world/stub-screen.ts";
import { PHONES } from "./world/wire-fixtures.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const SHOWN = "docs/pictures/devices.png";
const MOST_BYTES = 150_000;

describe("the picture in the README", () => {
  it("is there, and small", () => {
    expect(readFileSync(join(ROOT, "README.md"), "utf8")).toContain(`](${SHOWN})`);
    expect(statSync(join(ROOT, SHOWN)).size).toBeLessThanOrEqual(MOST_BYTES);
  });
});

onPage("the picture in the README", (here) => {
  it("is of the elements as they are; with WADESK_PICTURES=1 it is made anew", async () => {
    const page = await here.open(stubScreen({ items: PHONES }).answer);
    await page.getByRole("heading", { name: "Sales line" }).waitFor();
    await page.evaluate(`document.documentElement.style.background = "#fafafb"; document.querySelector("h1").hidden = true`);
    const path = join(ROOT, process.env.WADESK_PICTURES === "1" ? SHOWN : ".views/readme-devices.png");
    await page.screenshot({ path, clip: { x: 0, y: 0, width: 1280, height: 780 }, animations: "disabled" });
    expect(statSync(path).size).toBeLessThanOrEqual(MOST_BYTES);
  });
});
