import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { startChromium } from "../world/chromium.ts";

const PICTURES = fileURLToPath(new URL("../../../.views", import.meta.url));

/** A person's window, and what went wrong in it: errors of pages, and what their policy forbids. */
export interface Visit {
  readonly page: Page;
  readonly faults: readonly string[];
}

/** Opens a browser until the test ends. */
export async function visit(): Promise<Visit> {
  const browser = await startChromium();
  onTestFinished(() => browser.close());
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", locale: "en-GB" });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (line) => {
    // a refusal of the application's is no fault of the page's
    if (line.type() === "error" && !line.text().startsWith("Failed to load resource")) faults.push(line.text());
  });
  return { page, faults };
}

/** Presses a button by its name. */
export const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole("button", { name }).click();

/** Signs in as the owner, and links a phone of the panel by the QR that the screen shows. */
export async function linkPhone(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await press(page, /Owen/);
  await press(page, "Add device");
  await page.getByLabel("WhatsApp number").fill("+15550100004");
  await page.getByLabel("Device label").fill("Counter");
  await press(page, "Generate QR");
  await page.getByRole("img", { name: "QR code to scan with WhatsApp on your phone" }).waitFor();
  const phone = page.locator("#world section").filter({ hasText: "+15550100004" });
  await phone.getByRole("button", { name: "Scan the QR shown" }).click();
  await page.getByRole("heading", { name: "Ready", exact: true }).waitFor();
  await phone.getByText("linked to this application").waitFor();
  await page.goto(`${url}/app/devices`);
  await page.getByRole("heading", { name: "Counter" }).waitFor();
  await takePicture(page, "example-devices");
}

/** A contact writes, is answered by the application, and by the person at the screen. */
export async function talk(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Chats" }).click();
  await page.getByLabel("Write to the shop: Where is my order?").fill("Open today?");
  await press(page, "Write to the shop");
  await page.locator("#heads button").filter({ hasText: "Ana" }).click();
  const said = (text: string) => page.locator("#messages li").filter({ hasText: text });
  await said("Thank you, we got: Open today?").waitFor();
  await page.getByLabel("Message").fill("Until nine");
  await page.locator("#write").getByRole("button", { name: "Send", exact: true }).click();
  await said("Until nine").getByText("delivered").waitFor();
}

/** A member changes nothing, another workspace sees nothing, and another website signs nobody in. */
export async function refuse(page: Page, url: string): Promise<void> {
  await press(page, "Sign out");
  await press(page, /Mia/);
  await page.getByRole("heading", { name: "Counter" }).waitFor();
  expect(await page.getByRole("button", { name: "Add device" }).count()).toBe(0);
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByText("Only admins change these settings").waitFor();
  expect(await page.evaluate("fetch('/wadesk/settings').then(({ status }) => status)")).toBe(403);
  await press(page, "Sign out");
  await press(page, /Bea/);
  expect(await page.evaluate("fetch('/app/api/chats').then((answer) => answer.json())")).toEqual({ chats: [] });
  const headers = { origin: "https://evil.example" };
  const forged = await fetch(`${url}/app/login`, { method: "POST", headers, body: new URLSearchParams("who=olga") });
  expect(forged.status).toBe(403);
}

/** Keeps a picture for whoever wants to look. */
export async function takePicture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), animations: "disabled" });
}
