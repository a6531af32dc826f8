import { qrPath } from "@wadesk/core/qr";
import type { Locator, Page } from "playwright-core";
import { expect, it } from "vitest";
import { openPhones, type PhoneHost, type PhoneWorld, SHOP } from "../../journeys/world/open-phones.ts";
import { devicesApp } from "./world/devices-app.ts";
import { onPage } from "./world/on-page.ts";

/** What the newest step of a workspace's only link is. */
async function newest({ wadesk }: PhoneHost) {
  const acme = wadesk.workspace("acme");
  const [connection] = (await acme.list()).items;
  return connection && (await acme.steps(connection.id)).at(-1);
}

async function qrOf(host: PhoneHost): Promise<string> {
  await expect.poll(async () => (await newest(host))?.type).toBe("qr");
  const step = await newest(host);
  if (step?.type !== "qr") throw new Error("no QR is shown");
  return step.text;
}

async function fill(page: Page, phone = SHOP, label = "Sales line"): Promise<void> {
  await page.getByRole("button", { name: "Add device" }).click();
  await page.getByLabel("WhatsApp number").fill(phone);
  if (label !== "") await page.getByLabel("Device label").fill(label);
}

/** Waits for what comes with a change: a workspace is asked once a second by the host's clock, which stands still by itself. */
async function comes({ time }: PhoneWorld, there: Locator): Promise<void> {
  await expect
    .poll(async () => {
      await time.advance(1000);
      return there.count();
    })
    .toBeGreaterThan(0);
}

const focused = (page: Page): Promise<string> =>
  page.evaluate(`document.querySelector("wadesk-devices").shadowRoot.activeElement?.textContent.trim() ?? ""`);
const said = (page: Page): Promise<readonly string[]> =>
  page.evaluate(
    `[...document.querySelector("wadesk-devices").shadowRoot.querySelectorAll(".sr[role=status]")].map((each) => each.textContent)`,
  );

onPage("a phone is linked on the screen", (here) => {
  it("by a QR that the page draws, while a colleague's list gets it live, and a reload in between loses nothing", async () => {
    const world = await openPhones();
    const { host, shop } = world;
    const one = host();
    await one.wadesk.start();
    const app = devicesApp(one.wadesk);
    const page = await here.open(app("owner"));
    const colleague = await here.open(app("member"));
    await colleague.getByRole("heading", { name: "Link your first phone" }).waitFor();
    expect(await colleague.getByRole("button", { name: "Add device" }).count()).toBe(0);
    await fill(page);
    expect(await focused(page)).toBe("");
    await page.getByRole("button", { name: "Generate QR" }).click();
    const text = await qrOf(one);
    const picture = page.getByRole("img", { name: "QR code to scan with WhatsApp on your phone" });
    const drawn = await qrPath(text);
    await expect.poll(() => picture.locator("path").getAttribute("d")).toBe(drawn.path);
    expect(await picture.locator("svg").getAttribute("viewBox")).toBe(`0 0 ${drawn.size} ${drawn.size}`);
    // large enough for a camera, and black on white whatever the theme
    expect((await picture.boundingBox())?.width).toBeGreaterThanOrEqual(232);
    await expect.poll(() => said(page)).toContain("QR generated");
    // the page is loaded anew in the middle of it
    await page.reload();
    await picture.waitFor();
    await shop.scan(await qrOf(one));
    await page.getByRole("heading", { name: "Ready", exact: true }).waitFor();
    await page.getByText("Sales line is connected. It can send and receive now.").waitFor();
    await expect.poll(() => focused(page)).toBe("Ready");
    await comes(world, colleague.getByRole("heading", { name: "Sales line" }));
    await page.getByRole("button", { name: "Done" }).click();
    await comes(world, page.getByText("1 connected", { exact: true }));
    await expect.poll(() => focused(page)).toBe("My devices");
    // nothing of the link is kept where it could be read later
    expect(await page.evaluate("JSON.stringify([localStorage, sessionStorage])")).not.toMatch(/con_|2@/);
  });

  it("by a code that is typed into the phone", async () => {
    const { host, shop } = await openPhones();
    const one = host();
    await one.wadesk.start();
    const page = await here.open(devicesApp(one.wadesk)("owner"));
    await fill(page);
    await page.getByRole("button", { name: "Use an 8-digit code instead" }).click();
    const picture = page.getByRole("img", { name: /^Pairing code: / });
    await picture.waitFor();
    const step = await newest(one);
    if (step?.type !== "code") throw new Error("no code is shown");
    expect((await picture.textContent())?.replace(/\s/g, "")).toBe(step.code);
    expect(await picture.getAttribute("aria-label")).toBe(
      `Pairing code: ${[...step.code.slice(0, 4)].join(" ")}, ${[...step.code.slice(4)].join(" ")}`,
    );
    await shop.type(step.code);
    await page.getByRole("heading", { name: "Ready", exact: true }).waitFor();
  });

  it("not with another phone: both numbers are there to be compared, and nothing is connected", async () => {
    const { host, ana } = await openPhones();
    const one = host();
    await one.wadesk.start();
    const page = await here.open(devicesApp(one.wadesk)("owner"));
    await fill(page);
    await page.getByRole("button", { name: "Generate QR" }).click();
    ana.planHistory({ type: "initial", progress: 100, isInline: true });
    await ana.scan(await qrOf(one));
    await page.getByRole("heading", { name: "Mismatch" }).waitFor();
    await page.getByText(SHOP).first().waitFor();
    expect((await one.wadesk.workspace("acme").list()).counts.all).toBe(0);
    await page.getByRole("button", { name: "Change number" }).click();
    expect(await page.getByLabel("WhatsApp number").inputValue()).toBe(SHOP);
  });

  it("again once it was unlinked on the phone, with its number and label; and not where it is connected already", async () => {
    const world = await openPhones();
    const { host, shop } = world;
    const one = host();
    await one.wadesk.start();
    const page = await here.open(devicesApp(one.wadesk)("owner"));
    await fill(page);
    await page.getByRole("button", { name: "Generate QR" }).click();
    await shop.scan(await qrOf(one));
    await page.getByRole("button", { name: "Add another device" }).click();
    await page.getByLabel("WhatsApp number").fill(SHOP);
    await page.getByRole("button", { name: "Generate QR" }).click();
    await page.getByText("This number is already connected.").waitFor();
    await expect.poll(() => page.evaluate(`document.querySelector("wadesk-devices").shadowRoot.activeElement?.id`)).toBe("phone");
    await page.getByRole("button", { name: "My devices" }).click();
    shop.unlink();
    const again = page.getByRole("button", { name: "Pair again: Sales line" });
    await comes(world, again);
    await again.click();
    await page.getByRole("img", { name: "QR code to scan with WhatsApp on your phone" }).waitFor();
    expect(await page.getByRole("button", { name: "Change number or label" }).count()).toBe(0);
    await shop.scan(await qrOf(one));
    await page.getByText("Sales line is connected. It can send and receive now.").waitFor();
  });

  it("until somebody cancels it: then nothing of it is left", async () => {
    const { host } = await openPhones();
    const one = host();
    await one.wadesk.start();
    const page = await here.open(devicesApp(one.wadesk)("owner"));
    await fill(page);
    await page.getByRole("button", { name: "Generate QR" }).click();
    await qrOf(one);
    await page.getByRole("img", { name: "QR code to scan with WhatsApp on your phone" }).waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("heading", { name: "Link your first phone" }).waitFor();
    await expect.poll(async () => (await one.wadesk.workspace("acme").list()).counts.all).toBe(0);
  });
});
