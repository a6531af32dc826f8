import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { chromiumIsAway } from "../world/chromium.ts";
import { openExpress } from "./open-examples.ts";
import { linkPhone, press, takePicture, type Visit, visit } from "./walk.ts";

const QR = "QR code to scan with WhatsApp on your phone";

async function askForQr({ page }: Visit, url: string): Promise<void> {
  await page.goto(url);
  await press(page, /Owen/);
  await fill(page);
}

async function fill(page: Page): Promise<void> {
  await press(page, "Add device");
  await page.getByLabel("WhatsApp number").fill("+15550100004");
  await press(page, "Generate QR");
}

const heading = (page: Page, name: string): Promise<void> => page.getByRole("heading", { name, exact: true }).waitFor();

describe.skipIf(chromiumIsAway())("the panel of the simulated world", () => {
  it("stops the helper service, which the screen says, and brings it back, with which the screen goes on", async () => {
    const url = await openExpress("unofficial");
    const seen = await visit();
    const { page } = seen;
    await page.goto(url);
    await press(page, "Stop the helper service");
    await askForQr(seen, url);
    await heading(page, "The helper service does not answer");
    await takePicture(page, "panel-bridge");
    await press(page, "Bring the helper service back");
    await press(page, "Try again now");
    await page.getByRole("img", { name: QR }).waitFor();
    await press(page, "Cancel");
    await page.getByRole("img", { name: QR }).waitFor({ state: "detached" });
    expect(seen.faults).toEqual([]);
  });

  it("stops the helper service of a linked phone: its card says so when it is checked, and works again once it is back", async () => {
    const url = await openExpress("unofficial");
    const { page, faults } = await visit();
    await linkPhone(page, url);
    const card = page.locator("li.card").filter({ hasText: "Counter" });
    const checkNow = async (): Promise<void> => {
      await card.getByRole("button", { name: "Actions for Counter" }).click();
      await page.getByRole("menuitem", { name: "Check now" }).click();
    };
    await press(page, "Stop the helper service");
    await page.locator("#world").getByText("linked to nothing").nth(1).waitFor();
    await checkNow();
    await page.getByText("The helper service does not answer.").first().waitFor();
    await takePicture(page, "panel-bridge-of-a-card");
    await press(page, "Bring the helper service back");
    await page.locator("#world").getByText("linked to this application").waitFor();
    await checkNow();
    await card.getByText("Connected", { exact: true }).waitFor();
    expect(faults).toEqual([]);
  });

  it("has WhatsApp ask for a passkey, after which nothing is connected, and no longer", async () => {
    const url = await openExpress("unofficial");
    const seen = await visit();
    const { page } = seen;
    await askForQr(seen, url);
    await page.getByRole("img", { name: QR }).waitFor();
    const phone = page.locator("#world section").filter({ hasText: "+15550100004" });
    const scan = (): Promise<void> => phone.getByRole("button", { name: "Scan the QR shown" }).click();
    await phone.getByRole("button", { name: "Have WhatsApp ask for a passkey" }).click();
    await phone.getByText("asked for a passkey by WhatsApp").waitFor();
    await scan();
    await heading(page, "WhatsApp asks for a passkey");
    await takePicture(page, "panel-passkey");
    await phone.getByRole("button", { name: "Ask for no passkey" }).click();
    await press(page, "Use another number");
    await page.getByLabel("WhatsApp number").fill("+15550100004");
    await press(page, "Generate QR");
    await page.getByRole("img", { name: QR }).waitFor();
    await scan();
    await heading(page, "Ready");
    expect(seen.faults).toEqual([]);
  });

  it("has a phone with another number scan, which connects nothing", async () => {
    const url = await openExpress("unofficial");
    const seen = await visit();
    const { page } = seen;
    await askForQr(seen, url);
    await page.getByRole("img", { name: QR }).waitFor();
    await press(page, "Scan with the wrong number");
    await heading(page, "Mismatch");
    await takePicture(page, "panel-wrong-number");
    expect(seen.faults).toEqual([]);
  });
});
