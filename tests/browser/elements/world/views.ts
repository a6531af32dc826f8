import { qrPath } from "@wadesk/core/qr";
import type { WireLink, WireStep } from "@wadesk/devices";
import type { Page } from "playwright-core";
import type { StubScreen } from "./stub-screen.ts";
import { ACCOUNTS, linkOf, manyPhones, NOW, PHONES, phone, setupOf } from "./wire-fixtures.ts";

/** One picture of the design: what stands behind it, and how one gets there. */
export interface View {
  readonly name: string;
  readonly stub: StubScreen["stub"];
  readonly attributes?: Readonly<Record<string, string>>;
  /** Goes there, and waits until it is there. */
  readonly go: (page: Page, screen: StubScreen) => Promise<unknown>;
}

const heading = (page: Page, name: string): Promise<void> => page.getByRole("heading", { name, exact: true }).waitFor();
const press = (page: Page, name: string): Promise<void> => page.getByRole("button", { name, exact: true }).click();
const list = (page: Page): Promise<void> => heading(page, "Sales line");

async function toForm(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Add device" }).click();
  await heading(page, "Add device");
  await page.getByLabel("WhatsApp number").fill("+55 11 99999-0000");
  await page.getByLabel("Device label").fill("Sales line");
}

const sales = phone("con_8f2a", "Sales line", "+5511999990000", "BR");
const { connectedAt: _not, ...unlinked } = sales;
const running = (step: WireStep): WireLink =>
  linkOf({ steps: [step], connection: { ...unlinked, status: { state: "pending", reason: "awaiting_scan", since: NOW } } });
const qr: WireStep = { type: "qr", expiresAt: NOW + 18_000, number: 1, of: 6, ...(await qrPath("2@a-qr-of-nobody,for-a-picture,alone")) };
const code: WireStep = { type: "code", expiresAt: NOW + 161_000, code: "XK4P7M2Q" };
const failed = (failure: string, steps: readonly WireStep[] = []): WireLink =>
  linkOf({ state: "failed", steps, failure: { code: failure, remedy: "none", message: `it ended for ${failure}` } });

const pairing = (name: string, link: WireLink, at: string, how = "Generate QR"): View => ({
  name,
  stub: { items: PHONES, link },
  async go(page) {
    await toForm(page);
    await press(page, how);
    await page.getByText(at, { exact: true }).first().waitFor();
  },
});

// what was shown before it failed is told live
const after = (name: string, step: WireStep, link: WireLink, at: string): View => ({
  name,
  stub: { items: PHONES, link: running(step) },
  async go(page, screen) {
    await toForm(page);
    await press(page, "Generate QR");
    await page.getByRole("timer").waitFor();
    screen.stub.link = link;
    screen.tell({ type: "removed", id: "con_8f2a" });
    await page.getByText(at, { exact: true }).first().waitFor();
  },
});

const asked = (name: string, item: string, title: string): View => ({
  name,
  stub: { items: PHONES },
  async go(page) {
    await press(page, "Actions for Sales line");
    await page.getByRole("menuitem", { name: item }).click();
    await page.getByRole("alertdialog", { name: title }).waitFor();
  },
});

/** Every picture of the devices screen that is drawn without a form of the other channels. */
export const VIEWS: readonly View[] = [
  { name: "devices", stub: { items: PHONES }, go: list },
  {
    name: "devices-menu",
    stub: { items: PHONES },
    async go(page) {
      await press(page, "Actions for Sales line");
      await page.getByRole("menu").waitFor();
    },
  },
  {
    name: "devices-loading",
    stub: { silent: true },
    go: (page) => page.getByRole("status").filter({ hasText: "Loading" }).first().waitFor(),
  },
  { name: "devices-empty", stub: { items: [] }, go: (page) => heading(page, "Link your first phone") },
  {
    name: "devices-none",
    stub: { items: PHONES },
    async go(page) {
      await page.getByText("Failed", { exact: false }).first().click();
      await heading(page, "Events");
      await page.locator("label").filter({ hasText: "Portugal" }).click();
      await heading(page, "No failed devices in Portugal");
    },
  },
  {
    name: "devices-error",
    stub: { refuses: { status: 503, code: "storage_unavailable" } },
    go: (page) => heading(page, "The devices could not be loaded"),
  },
  {
    name: "devices-offline",
    stub: { items: PHONES },
    async go(page) {
      await list(page);
      await page.context().setOffline(true);
      await page.getByText("You are offline").waitFor();
    },
  },
  {
    name: "devices-signed-out",
    stub: { refuses: { status: 401, code: "not_authorized" } },
    go: (page) => heading(page, "You are signed out"),
  },
  {
    name: "devices-interrupted",
    stub: { items: PHONES, streams: false },
    go: (page) => page.getByText("Live updates are interrupted").waitFor(),
  },
  {
    name: "devices-banners",
    stub: {
      items: [
        ...PHONES,
        phone("popup", "Pop-up store", "+5511900000001", "BR", { status: { state: "failed", reason: "temporarily_banned", since: NOW } }),
        phone("depot", "Depot", "+5511900000002", "BR", { status: { state: "failed", reason: "locked", since: NOW } }),
      ],
    },
    async go(page) {
      await press(page, "Show 2 more");
      await page.getByText("Front desk: open WhatsApp").waitFor();
    },
  },
  { name: "devices-many", stub: { items: manyPhones(214) }, go: (page) => page.getByText("Showing 50 of 214").waitFor() },
  { name: "devices-member", stub: { items: PHONES, setup: { role: "member" } }, go: list },
  { name: "add-start", stub: { items: PHONES }, go: toForm },
  {
    name: "add-service",
    stub: {
      items: PHONES,
      setup: { channels: setupOf().channels.map((each) => ({ ...each, choices: { bridge: ["default", "eu-west"] } })) },
    },
    async go(page) {
      await toForm(page);
      await page.getByText("Helper service for this device").first().click();
      await page.getByLabel("Helper service for this device").selectOption("eu-west");
    },
  },
  {
    name: "add-input-error",
    stub: { items: PHONES },
    async go(page) {
      await toForm(page);
      await page.getByLabel("WhatsApp number").fill("11 99999-0000");
      await press(page, "Generate QR");
      await page.getByText("The country code is missing").waitFor();
    },
  },
  pairing("add-asking", linkOf({}), "Making the QR"),
  pairing("add-qr", running(qr), "On your phone"),
  pairing("add-code", running(code), "On your phone", "Use an 8-digit code instead"),
  pairing(
    "add-syncing",
    running({ type: "step", step: "syncing", percent: 64 }),
    "The phone accepted the link. Keep WhatsApp open on it; this takes from a few seconds to two minutes.",
  ),
  pairing("add-ready", linkOf({ state: "connected", connection: sales }), "Sales line is connected. It can send and receive now."),
  pairing("add-mismatch", failed("number_mismatch"), "Mismatch"),
  pairing("add-failed", failed("pair_failed"), "Pair failed"),
  after("add-expired", qr, failed("pair_failed"), "The QR has expired"),
  pairing("add-passkey", failed("passkey_required"), "What to do"),
  pairing("add-bridge", failed("bridge_unreachable"), "The helper service does not answer"),
  pairing("add-other", failed("provider_unavailable"), "The device could not be linked"),
  {
    name: "add-in-use",
    stub: { items: PHONES, refusesLink: { status: 409, code: "number_in_use" } },
    async go(page) {
      await toForm(page);
      await press(page, "Generate QR");
      await page.getByText("This number is already connected").waitFor();
    },
  },
  {
    name: "rename",
    stub: { items: PHONES },
    async go(page) {
      await press(page, "Actions for Support");
      await page.getByRole("menuitem", { name: "Rename" }).click();
      await page.getByRole("textbox", { name: "New name of Support" }).waitFor();
    },
  },
  asked("confirm-disconnect", "Disconnect…", "Disconnect Sales line?"),
  asked("confirm-remove", "Remove…", "Remove Sales line?"),
  { name: "waba", stub: { items: ACCOUNTS, channel: "cloud-api" }, go: (page) => heading(page, "Acme Events") },
  { name: "waba-empty", stub: { items: [], channel: "cloud-api" }, go: (page) => heading(page, "Connect your first number") },
];
