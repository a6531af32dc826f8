import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { onPage } from "./world/on-page.ts";
import { stubScreen } from "./world/stub-screen.ts";
import { type VendorsScreen, vendorsScreen } from "./world/vendors-screen.ts";
import { PHONES } from "./world/wire-fixtures.ts";

const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole("button", { name, exact: true }).first().click();

/** What has the focus within the dialog that is open: the name of a field, else its words. */
const focused = (page: Page): Promise<unknown> =>
  page.evaluate(`(() => {
    const { shadowRoot } = document.querySelector("wadesk-devices, wadesk-settings");
    const { activeElement } = shadowRoot;
    return shadowRoot.querySelector("dialog[open]")?.contains(activeElement) ? activeElement.name || activeElement.textContent.trim() : undefined;
  })()`);
const comesTo = (page: Page, name: string): Promise<void> => expect.poll(() => focused(page)).toBe(name);

async function connected({ meta, app, wadesk }: VendorsScreen): Promise<string> {
  const { id: wabaId } = meta.addWaba();
  const { id: phoneNumberId } = meta.addNumber({ wabaId, verifiedName: "Acme Store" });
  const accessToken = meta.addToken({ appId: app.id, wabaIds: [wabaId] });
  await wadesk.workspace("acme").connect("cloud-api", { phoneNumberId, wabaId, accessToken } as never);
  return accessToken;
}

onPage("the focus goes, in a dialog that opens,", (here) => {
  it("to the first field of a form, though its part is loaded only then, and again where it is gone back to", async () => {
    const screen = vendorsScreen();
    const { id: wabaId } = screen.meta.addWaba();
    const page = await here.open(screen.answer);
    await press(page, "Add WABA account");
    await comesTo(page, "phoneNumberId");
    for (const [label, text] of [
      ["Phone Number ID", "100000000000001"],
      ["WABA ID", wabaId],
      ["Access Token", "EAA-of-nobody"],
    ] as const)
      await page.getByLabel(label, { exact: true }).fill(text);
    await press(page, "Connect");
    await comesTo(page, "One check did not pass");
    await press(page, "Back to the form");
    await comesTo(page, "phoneNumberId");
    await press(page, "Cancel");
    // its part is there now
    await press(page, "Add WABA account");
    await comesTo(page, "phoneNumberId");
  });

  it("to the vendor's dialog where it is offered, then to the first field of the form in its place", async () => {
    const screen = vendorsScreen();
    await screen.wadesk.settings.change("cloud-api", { configId: "1234567890" } as never);
    const page = await here.open(screen.answer);
    await press(page, "Add WABA account");
    await comesTo(page, "Continue with Facebook");
    await press(page, "Switch to manual mode");
    await comesTo(page, "phoneNumberId");
  });

  it("to the one field that a number lacks which is connected anew", async () => {
    const screen = vendorsScreen();
    screen.meta.expireToken(await connected(screen));
    const page = await here.open(screen.answer);
    await press(page, "Actions for Acme Store");
    await page.getByRole("menuitem", { name: "Check now" }).click();
    await press(page, "Reconnect: Acme Store");
    await comesTo(page, "accessToken");
  });

  it("to the first field of Twilio's, too", async () => {
    const screen = vendorsScreen("twilio");
    const { sid: accountSid, authToken } = screen.twilio.addAccount();
    const { number: from } = screen.twilio.addSender({ accountSid });
    await screen.wadesk.workspace("acme").connect("twilio", { accountSid, authToken, from, mode: "production" } as never);
    const page = await here.open(screen.answer);
    await press(page, "Reconnect / rotate");
    const first = await page.evaluate("document.querySelector('wadesk-devices').shadowRoot.querySelector('dialog[open] input').name");
    expect(first).toMatch(/./);
    await comesTo(page, String(first));
  });

  it.each(["Disconnect…", "Remove…"])("to Cancel, where it asks before %s", async (item) => {
    const page = await here.open(stubScreen({ items: PHONES }).answer);
    await press(page, "Actions for Sales line");
    await page.getByRole("menuitem", { name: item }).click();
    await comesTo(page, "Cancel");
  });

  it("to Cancel, where the settings ask before another engine, a retired secret and a removed service", async () => {
    const page = await here.open(vendorsScreen().answer, { attributes: { tag: "wadesk-settings", tab: "engine" } });
    await page.getByRole("radio", { name: /^Twilio service/ }).check();
    await press(page, "Save");
    await comesTo(page, "Cancel");
    await page.keyboard.press("Escape");
    await page.getByRole("tab", { name: /^Business API/ }).click();
    await press(page, "Replace Webhook verify token");
    await press(page, "Save");
    await press(page, /^Retire the Webhook verify token/);
    await comesTo(page, "Cancel");
    await page.keyboard.press("Escape");
    await page.getByRole("tab", { name: /^Unofficial API/ }).click();
    await page.getByLabel(/^Add a helper service/).fill("eu");
    await press(page, "Add");
    await press(page, "Remove Helper service “eu”");
    await comesTo(page, "Cancel");
  });
});
