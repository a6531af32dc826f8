import { expect, it } from "vitest";
import { SHOP } from "../../journeys/world/open-phones.ts";
import { devicesApp } from "./world/devices-app.ts";
import { onPage } from "./world/on-page.ts";
import { openServices } from "./world/open-services.ts";

onPage("of two helper services", (here) => {
  it("the one that is chosen by its name keeps the phone, and the other nothing", async () => {
    const { wadesk, shop } = await openServices(["default", "eu-west"]);
    const page = await here.open(devicesApp(wadesk)("owner"));
    await page.getByRole("button", { name: "Add device" }).click();
    await page.getByLabel("WhatsApp number").fill(SHOP);
    await page.getByText("Helper service for this device").first().click();
    const service = page.getByLabel("Helper service for this device");
    expect(await service.locator("option").allTextContents()).toEqual(["Platform default", "eu-west"]);
    await service.selectOption("eu-west");
    await page.getByRole("button", { name: "Generate QR" }).click();
    await page.getByRole("img", { name: "QR code to scan with WhatsApp on your phone" }).waitFor();
    const [connection] = (await wadesk.workspace("acme").list()).items;
    const step = connection && (await wadesk.workspace("acme").steps(connection.id)).at(-1);
    await shop.scan(step?.type === "qr" ? step.text : "");
    await page.getByRole("heading", { name: "Ready", exact: true }).waitFor();
    const found = await wadesk.settings.probe("unofficial");
    expect(found.map(({ values }) => [values?.bridge, values?.numbers])).toEqual([
      ["default", 0],
      ["eu-west", 1],
    ]);
  });
});
