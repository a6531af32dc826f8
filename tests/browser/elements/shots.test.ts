import { expect, it } from "vitest";
import { onPage } from "./world/on-page.ts";
import { stubScreen } from "./world/stub-screen.ts";
import { PHONES } from "./world/wire-fixtures.ts";

onPage("a try", (here) => {
  it("draws", async () => {
    const page = await here.open(stubScreen({ items: PHONES }).answer);
    await page.getByRole("heading", { name: "Sales line" }).waitFor();
    await page.screenshot({ path: "/tmp/shot.png", fullPage: true });
    expect(1).toBe(1);
  });
});
