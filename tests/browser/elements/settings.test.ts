import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { onPage } from "./world/on-page.ts";
import { SECRETS, vendorsScreen } from "./world/vendors-screen.ts";

const attributes = (tab: string): { readonly attributes: Readonly<Record<string, string>> } => ({
  attributes: { tag: "wadesk-settings", tab },
});
const press = (page: Page, name: string): Promise<void> => page.getByRole("button", { name, exact: true }).click();
const shown = (page: Page, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();
const saved = (page: Page): Promise<void> => shown(page, "Saved just now");

onPage("the settings of the platform", (here) => {
  it("switch the engine once they have said how many workspaces could not send", async () => {
    const screen = vendorsScreen();
    const { wadesk, meta, app } = screen;
    const { id: wabaId } = meta.addWaba();
    const { id: phoneNumberId } = meta.addNumber({ wabaId });
    const accessToken = meta.addToken({ appId: app.id, wabaIds: [wabaId] });
    await wadesk.workspace("acme").connect("cloud-api", { phoneNumberId, wabaId, accessToken } as never);
    const page = await here.open(screen.answer, attributes("engine"));
    await shown(page, "Business API is active.");
    await page.getByRole("radio", { name: /^Twilio service/ }).check();
    await press(page, "Save");
    const question = page.getByRole("alertdialog", { name: "Switch every workspace to Twilio service?" });
    await question.getByText("1 of 1 workspace has no number there yet").waitFor();
    await question.getByText("The 1 connected number of the present engine").waitFor();
    await expect
      .poll(() => page.evaluate("document.querySelector('wadesk-settings').shadowRoot.activeElement?.textContent"))
      .toBe("Cancel");
    await page.keyboard.press("Escape");
    await question.waitFor({ state: "hidden" });
    expect(await wadesk.settings.activeChannel()).toBe("cloud-api");
    await press(page, "Save");
    await press(page, "Switch");
    await shown(page, "Twilio service is active now");
    expect(await wadesk.settings.activeChannel()).toBe("twilio");
  });

  it("take a verify token that is made here and shown once, and keep the old one until it is retired", async () => {
    const screen = vendorsScreen();
    const page = await here.open(screen.answer, attributes("cloud-api"));
    await shown(page, "This address leads here.");
    await press(page, "Replace Webhook verify token");
    const field = page.getByLabel("New Webhook verify token");
    const first = await field.inputValue();
    expect(first).toHaveLength(24);
    await press(page, "Generate another");
    const token = await field.inputValue();
    expect(token).not.toBe(first);
    await shown(page, "Unsaved changes");
    await press(page, "Save");
    await saved(page);
    await page.getByText(/still accepted/).waitFor();
    expect(await page.content()).not.toContain(token);
    await page.getByRole("button", { name: /^Retire the Webhook verify token/ }).click();
    await press(page, "Retire");
    await page.getByText(/still accepted/).waitFor({ state: "detached" });
    const view = (await screen.wadesk.settings.read("cloud-api")) as { readonly verifyToken: readonly unknown[] };
    expect(view.verifyToken).toHaveLength(1);
    for (const text of screen.answers)
      for (const secret of [token, "open-sesame", ...Object.values(SECRETS)]) expect(text).not.toContain(secret);
  });

  it("say what is wrong at the field, go there, and forget what is discarded", async () => {
    const screen = vendorsScreen();
    const page = await here.open(screen.answer, attributes("cloud-api"));
    await page.getByLabel("Meta App ID").fill("my app");
    await press(page, "Save");
    await shown(page, "This does not look right. Copy it again, whole.");
    await expect.poll(() => page.evaluate("document.querySelector('wadesk-settings').shadowRoot.activeElement?.name")).toBe("appId");
    await press(page, "Discard");
    expect(await page.getByLabel("Meta App ID").inputValue()).toBe(screen.app.id);
    await shown(page, "No unsaved changes");
  });

  it("assign numbers of the admin's account at Twilio, and say what the self-check finds", async () => {
    const screen = vendorsScreen();
    const account = screen.twilio.addAccount();
    const page = await here.open(screen.answer, attributes("twilio"));
    await page.getByLabel("Account SID").fill(account.sid);
    await press(page, "Set Auth Token");
    await page.getByLabel("Auth Token").fill(account.authToken);
    await press(page, "Assign a number");
    await page.getByLabel("WhatsApp number 1").fill("555");
    await page.getByLabel("Workspace 1").fill("acme");
    await press(page, "Save");
    await shown(page, /^The country code is missing/);
    await page.getByLabel("WhatsApp number 1").fill("+5511930000000");
    await press(page, "Save");
    await saved(page);
    await shown(page, "The Account SID and the Auth Token belong together.");
    expect(await screen.wadesk.settings.read("twilio")).toMatchObject({ senders: [{ workspaceId: "acme", number: "+5511930000000" }] });
    for (const text of screen.answers) expect(text).not.toContain(account.authToken);
  });

  it("name helper services, and remove one after a question", async () => {
    const screen = vendorsScreen();
    const page = await here.open(screen.answer, attributes("unofficial"));
    await page.getByLabel(/^Add a helper service/).fill("eu");
    await press(page, "Add");
    const eu = page.getByRole("group", { name: "Helper service “eu”" });
    await eu.getByLabel("Server URL").fill("http://localhost:9");
    await eu.getByRole("button", { name: "Set Shared secret" }).click();
    await eu.getByLabel("Shared secret").fill("a-secret-of-32-characters-or-more-for-eu");
    await press(page, "Save");
    await saved(page);
    expect(Object.keys(((await screen.wadesk.settings.read("unofficial")) as { readonly bridges: object }).bridges)).toEqual([
      "default",
      "eu",
    ]);
    await press(page, "Remove Helper service “eu”");
    await press(page, "Remove");
    await eu.waitFor({ state: "detached" });
    await press(page, "Save");
    await saved(page);
    expect(Object.keys(((await screen.wadesk.settings.read("unofficial")) as { readonly bridges: object }).bridges)).toEqual(["default"]);
  });

  it("say first whether a helper service is reached, and try it again when they are asked to", async () => {
    const screen = vendorsScreen();
    const page = await here.open(screen.answer, attributes("unofficial"));
    const box = page.getByRole("form", { name: "Helper service" }).getByRole("alert");
    await box.getByText("Not reachable: nothing listens at http://127.0.0.1:9", { exact: true }).waitFor();
    await box.getByText(/^Start the service, or correct the Server URL\. Tested/).waitFor();
    const tried = screen.answers.length;
    await box.getByRole("button", { name: "Test again" }).click();
    await expect.poll(() => screen.answers.length).toBeGreaterThan(tried);
  });

  it("stand beside the devices on one page with one stream of live events for both", async () => {
    const screen = vendorsScreen();
    const streams: string[] = [];
    const page = await here.open((request) => {
      if (request.url.includes("/events")) streams.push(request.url);
      return screen.answer(request);
    }, attributes("engine"));
    await page.evaluate("document.body.append(document.createElement('wadesk-devices'))");
    await page.getByRole("heading", { name: "Connect your first number" }).waitFor();
    await page.getByRole("heading", { name: "Active messaging engine" }).waitFor();
    expect(streams).toHaveLength(1);
  });

  it("are gone about in by keys, and refused to whoever is no operator", async () => {
    const screen = vendorsScreen();
    const page = await here.open(screen.answer, attributes("engine"));
    await page.getByRole("tab", { name: "Engine" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("tab", { name: "Business API", selected: true }).waitFor();
    await page.keyboard.press("End");
    await page.getByRole("tab", { name: /^Unofficial API/, selected: true }).waitFor();
    screen.person = { workspaceId: "acme", userId: "ana", role: "owner" };
    await page.reload();
    await page.getByRole("heading", { name: "Only admins change these settings" }).waitFor();
  });
});
