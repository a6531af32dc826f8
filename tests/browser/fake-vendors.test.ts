import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk } from "@wadesk/core";
import { createWebhookHandler } from "@wadesk/webhooks";
import { toNode } from "@wadesk/webhooks/node";
import { describe, expect, it, onTestFinished } from "vitest";
import { openProgram, type Program } from "../journeys/fake-vendors/open-program.ts";
import { ENCRYPTION_KEYS } from "../journeys/world/open-world.ts";
import { chromiumIsAway, startChromium } from "./world/chromium.ts";

const PICTURES = fileURLToPath(new URL("../../.views", import.meta.url));
const away = chromiumIsAway();

/** An application that answers each text, on what the program printed. */
async function openApp() {
  let handle: ReturnType<typeof toNode> | undefined;
  const server = createServer((incoming, outgoing) => void handle?.(incoming, outgoing)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const program = await openProgram("--webhooks", `http://127.0.0.1:${port}/webhooks/whatsapp/inbound`);
  const environment: Program["environment"] = { ...program.environment, WADESK_ENCRYPTION_KEYS: ENCRYPTION_KEYS };
  const wadesk = createWadesk.fromEnv({ channels: [cloudApi.fromEnv({}, environment)] }, environment);
  wadesk.process("message.received", async (event) => void (await event.reply("Thank you", { idempotencyKey: event.key })));
  handle = toNode(createWebhookHandler(wadesk));
  await wadesk.start();
  onTestFinished(async () => {
    await wadesk.stop();
    server.closeAllConnections();
    server.close();
  });
  await wadesk.workspace("acme").connect("cloud-api", {
    phoneNumberId: environment.META_PHONE_NUMBER_ID ?? "",
    wabaId: environment.META_WABA_ID ?? "",
    accessToken: environment.META_ACCESS_TOKEN ?? "",
  });
  return program;
}

describe.skipIf(away)("the page of the fakes in a browser", () => {
  it("adds a person who writes, shows the answer and takes its status on by hand, shows webhooks, begins and ends a fault", async () => {
    const program = await openApp();
    const browser = await startChromium();
    onTestFinished(() => browser.close());
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 }, reducedMotion: "reduce" });
    const faults: string[] = [];
    const asked: string[] = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("console", (line) => {
      if (line.type() === "error") faults.push(line.text());
    });
    page.on("request", (request) => asked.push(new URL(request.url()).origin));
    page.setDefaultTimeout(60_000);

    await page.goto(program.page);
    await page.getByText("Meta has verified it.").waitFor();
    await page.getByLabel("Number").fill("+15550007777");
    await page.getByLabel("Name").fill("Bob");
    await page.getByRole("button", { name: "Add a person" }).click();
    const bob = page.getByRole("article").filter({ hasText: "Bob, +15550007777" });
    await bob.getByRole("checkbox").check();
    await bob.getByLabel("Message").fill("Is it open?");
    await bob.getByRole("button", { name: "Send" }).click();
    const answer = page.locator("#sent tr").filter({ hasText: "Thank you" });
    await answer.getByRole("button", { name: "delivered" }).click();
    await answer.getByRole("button", { name: "read" }).click();
    await page.locator("#deliveries tr").filter({ hasText: "status: read" }).getByText("200").waitFor();
    await page.locator("#deliveries tr").filter({ hasText: "text: Is it open?" }).getByText("signed").waitFor();

    const held = page.locator("#faults > div").first().getByRole("button", { name: "Webhooks are off" });
    await held.press("Enter");
    await page.locator("#faults button[aria-pressed=true]").getByText("holds").waitFor();
    // by the keys alone, since the button keeps the focus
    mkdirSync(PICTURES, { recursive: true });
    await page.screenshot({ path: join(PICTURES, "fake-vendors.png"), fullPage: true, animations: "disabled" });
    await page.keyboard.press("Enter");
    await expect.poll(() => held.getAttribute("aria-pressed")).toBe("false");
    await page.setViewportSize({ width: 380, height: 800 });
    await page.screenshot({ path: join(PICTURES, "fake-vendors-narrow.png"), fullPage: true, animations: "disabled" });
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    expect(faults).toEqual([]);
    expect([...new Set(asked)]).toEqual([new URL(program.page).origin]);
  });
});
