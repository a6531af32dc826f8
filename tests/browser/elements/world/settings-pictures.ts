import type { Page } from "playwright-core";
import type { Asking, SettingsState } from "../../../../packages/devices/src/elements/settings/state/settings.ts";
import { never, ofVendors, type Picture, type Scene } from "./picture.ts";

const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole("button", { name, exact: true }).first().click();
const shown = (page: Page, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();
const onTab = (tab: string, name: string, scene: Omit<Scene, "name" | "attributes">): Picture =>
  ofVendors({ name, attributes: { tag: "wadesk-settings", tab }, ...scene });

/** The platform's settings: for each state they can be in, the pictures of it. */
export const SETTINGS_PICTURES: Readonly<Record<SettingsState["kind"], readonly [Picture, ...Picture[]]>> = {
  loading: [
    onTab("engine", "settings-loading", {
      instead: { "GET /settings": never },
      go: (page) => page.getByRole("status").filter({ hasText: "Loading settings" }).waitFor(),
    }),
  ],
  denied: [
    onTab("engine", "settings-denied", {
      prepare: (screen) => {
        screen.person = { workspaceId: "acme", userId: "ana", role: "owner" };
      },
      go: (page) => page.getByRole("heading", { name: "Only admins change these settings" }).waitFor(),
    }),
  ],
  failed: [
    onTab("engine", "settings-failed", {
      instead: {
        "GET /settings": () =>
          Response.json({ error: { code: "storage_unavailable", remedy: "retry", message: "it is away" } }, { status: 503 }),
      },
      go: (page) => page.getByRole("heading", { name: "The settings could not be loaded" }).waitFor(),
    }),
  ],
  shown: [
    onTab("engine", "settings-engine", {
      async go(page) {
        await page.getByRole("radio", { name: /^Twilio service/ }).check();
        await shown(page, "Twilio service is marked, and not active yet.");
      },
    }),
    onTab("cloud-api", "settings-cloud-api", { go: (page) => shown(page, "This address leads here.") }),
    onTab("cloud-api", "settings-secret", {
      async go(page) {
        await press(page, "Replace Webhook verify token");
        await shown(page, "Unsaved changes");
      },
    }),
    onTab("cloud-api", "settings-wrong", {
      async go(page) {
        await page.getByLabel("Meta App ID").fill("my app");
        await press(page, "Save");
        await shown(page, "This does not look right. Copy it again, whole.");
      },
    }),
    onTab("twilio", "settings-twilio", {
      async go(page) {
        await press(page, "Assign a number");
        await page.getByLabel("WhatsApp number 1").fill("555");
        await press(page, "Save");
        await shown(page, /^The country code is missing/);
      },
    }),
    onTab("unofficial", "settings-bridge-down", { go: (page) => shown(page, /^Not reachable: nothing listens at/) }),
    onTab("unofficial", "settings-unofficial", { go: (page) => page.getByLabel(/^Add a helper service/).waitFor() }),
  ],
};

const asked = (page: Page): Promise<void> => page.getByRole("alertdialog").waitFor();

/** What is asked before something is done to them, by what it is. */
export const ASKING_PICTURES: Readonly<Record<Asking["type"], Picture>> = {
  switch: onTab("engine", "ask-switch", {
    async go(page) {
      await page.getByRole("radio", { name: /^Twilio service/ }).check();
      await press(page, "Save");
      await asked(page);
    },
  }),
  retire: onTab("cloud-api", "ask-retire", {
    async go(page) {
      await press(page, "Replace Webhook verify token");
      await press(page, "Save");
      await press(page, /^Retire the Webhook verify token/);
      await asked(page);
    },
  }),
  "remove-group": onTab("unofficial", "ask-remove-group", {
    async go(page) {
      await page.getByLabel(/^Add a helper service/).fill("eu");
      await press(page, "Add");
      await press(page, "Remove Helper service “eu”");
      await asked(page);
    },
  }),
};
