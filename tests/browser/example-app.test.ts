import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { memoryStorage } from "@wadesk/core";
import { describe, expect, it, onTestFinished } from "vitest";
import { openChats } from "../../examples/app/index.ts";
import { type FakeWorld, openFakeWorld, openPanel } from "../../examples/app/world/index.ts";
import { createApp } from "../../examples/express/app.ts";
import { createClient } from "../../examples/express/client.ts";
import { readConfig } from "../../examples/express/config.ts";
import { ENCRYPTION_KEYS } from "../journeys/world/open-world.ts";
import { chromiumIsAway, startChromium } from "./world/chromium.ts";

const PICTURES = fileURLToPath(new URL("../../.views", import.meta.url));
const away = chromiumIsAway();

/** The Express example on simulated vendors, with WhatsApp Web in force and nothing connected yet. */
async function openExample(): Promise<{ readonly url: string; readonly world: FakeWorld }> {
  const config = readConfig({ ACTIVE_CHANNEL: "unofficial" });
  const world = await openFakeWorld(config, "0".repeat(64));
  const chats = openChats();
  const whatsappWeb = { ...config.whatsappWeb, ...world.given.whatsappWeb };
  const wadesk = createClient({ ...config, whatsappWeb }, { storage: memoryStorage(), encryptionKeys: ENCRYPTION_KEYS }, chats);
  const server = createServer(createApp(wadesk, { chats, world: openPanel(world, wadesk) })).listen(0, "127.0.0.1");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await wadesk.stop();
    await world.close();
    chats.close();
  });
  await once(server, "listening");
  await wadesk.start();
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, world };
}

describe.skipIf(away)("the Express example in a browser", () => {
  it("links a phone of the panel, shows what a contact writes and sends the answer; a member is refused the settings", async () => {
    const { url, world } = await openExample();
    const browser = await startChromium();
    onTestFinished(() => browser.close());
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("console", (line) => {
      // a refusal of the application's is no fault of the page's
      if (line.type() === "error" && !line.text().startsWith("Failed to load resource")) faults.push(line.text());
    });
    page.setDefaultTimeout(60_000);
    const press = (name: string | RegExp): Promise<void> => page.getByRole("button", { name }).click();

    await page.goto(url);
    await press(/Owen/);
    await press("Add device");
    await page.getByLabel("WhatsApp number").fill("+15550100004");
    await page.getByLabel("Device label").fill("Counter");
    await press("Generate QR");
    await page.getByRole("img", { name: "QR code to scan with WhatsApp on your phone" }).waitFor();
    const phone = page.locator("#world section").filter({ hasText: "+15550100004" });
    await phone.getByRole("button", { name: "Scan the QR shown" }).click();
    await page.getByRole("heading", { name: "Ready", exact: true }).waitFor();
    await phone.getByText("linked to this application").waitFor();
    await page.goto(`${url}/app/devices`);
    await page.getByRole("heading", { name: "Counter" }).waitFor();
    mkdirSync(PICTURES, { recursive: true });
    await page.screenshot({ path: join(PICTURES, "example-devices.png"), animations: "disabled" });

    await page.getByRole("link", { name: "Chats" }).click();
    await page.getByLabel("Write to the shop: Where is my order?").fill("Open today?");
    await press("Write to the shop");
    await page.locator("#heads button").filter({ hasText: "Ana" }).click();
    const said = (text: string) => page.locator("#messages li").filter({ hasText: text });
    await said("Thank you, we got: Open today?").waitFor();
    await page.getByLabel("Message").fill("Until nine");
    await page.locator("#write").getByRole("button", { name: "Send", exact: true }).click();
    await said("Until nine").getByText("delivered").waitFor();
    expect(JSON.stringify(world.phones.ana.messages.map(({ content }) => content))).toContain("Until nine");

    await press("Sign out");
    await press(/Mia/);
    await page.getByRole("heading", { name: "Counter" }).waitFor();
    expect(await page.getByRole("button", { name: "Add device" }).count()).toBe(0);
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByText("Only admins change these settings").waitFor();
    expect(await page.evaluate("fetch('/wadesk/settings').then(({ status }) => status)")).toBe(403);
    // another workspace has chats of its own
    await press("Sign out");
    await press(/Bea/);
    expect(await page.evaluate("fetch('/app/api/chats').then((answer) => answer.json())")).toEqual({ chats: [] });
    const forged = await fetch(`${url}/app/login`, {
      method: "POST",
      headers: { origin: "https://evil.example" },
      body: new URLSearchParams("who=olga"),
    });
    expect(forged.status).toBe(403);
    expect(faults).toEqual([]);
  });
});
