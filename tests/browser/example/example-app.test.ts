import { describe, expect, it } from "vitest";
import { chromiumIsAway } from "../world/chromium.ts";
import { OTHERS, openExpress } from "./open-examples.ts";
import { linkPhone, press, refuse, takePicture, talk, visit } from "./walk.ts";

const away = chromiumIsAway();
// the rest of it is the same application; all of it where somebody asks for it
const isWhole = Number(process.env.WADESK_TIMES ?? 1) > 1;

describe.skipIf(away)("the Express example in a browser", () => {
  it("links a phone of the panel, shows what a contact writes and sends the answer; a member is refused the settings", async () => {
    const url = await openExpress("unofficial");
    const { page, faults } = await visit();
    await linkPhone(page, url);
    await talk(page);
    await refuse(page, url);
    expect(faults).toEqual([]);
  });

  it("connects a number by Meta's own dialog: its window comes back and closes, and the card is there", async () => {
    const url = await openExpress("cloud-api");
    const { page, faults } = await visit();
    await page.goto(url);
    await press(page, /Owen/);
    await press(page, "Add WABA account");
    const [dialog] = await Promise.all([page.waitForEvent("popup"), press(page, "Continue with Facebook")]);
    await dialog.locator("button[value=accept]").waitFor();
    const closed = dialog.waitForEvent("close");
    await dialog.locator("button[value=accept]").click();
    await closed;
    await page.getByRole("heading", { name: "Choose the numbers to connect" }).waitFor();
    await takePicture(page, "example-signup");
    await page.getByRole("button", { name: "Continue", exact: true }).click();
    await press(page, "Done");
    await page.locator("li.card").filter({ hasText: "Demo Shop" }).first().getByText("Connected", { exact: true }).waitFor();
    expect(faults).toEqual([]);
  });
});

describe.skipIf(away).each(OTHERS)("the %s example in a browser", (_framework, open) => {
  it("links a phone of the panel, and shows its card", async () => {
    const url = await open("unofficial");
    const { page, faults } = await visit();
    await linkPhone(page, url);
    if (isWhole) {
      await talk(page);
      await refuse(page, url);
    }
    expect(faults).toEqual([]);
  });
});
