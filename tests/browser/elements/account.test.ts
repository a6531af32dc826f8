import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { echoVendor } from "../../../packages/devices/src/testing/echo-channel.ts";
import { onPage } from "./world/on-page.ts";
import { type VendorsScreen, vendorsScreen } from "./world/vendors-screen.ts";

const press = (page: Page, name: string): Promise<void> => page.getByRole("button", { name, exact: true }).click();
const heading = (page: Page, name: string): Promise<void> => page.getByRole("heading", { name, exact: true }).waitFor();

/** An account at Meta with one number. */
function accountAt({ meta, app }: VendorsScreen) {
  const { id: wabaId } = meta.addWaba();
  const { id: phoneNumberId } = meta.addNumber({ wabaId, verifiedName: "Acme Store" });
  return { wabaId, phoneNumberId, token: (): string => meta.addToken({ appId: app.id, wabaIds: [wabaId] }) };
}

async function fillIn(
  page: Page,
  { phoneNumberId, wabaId }: { readonly phoneNumberId: string; readonly wabaId: string },
  token: string,
): Promise<void> {
  await page.getByLabel("Phone Number ID", { exact: true }).fill(phoneNumberId);
  await page.getByLabel("WABA ID", { exact: true }).fill(wabaId);
  await page.getByLabel("Access Token", { exact: true }).fill(token);
}

/** No answer to the browser has it in it, and no page. */
async function neverSeen(page: Page, screen: VendorsScreen, ...secrets: readonly string[]): Promise<void> {
  const stored = await page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie])");
  const shown = await page.evaluate("document.querySelector('wadesk-devices').shadowRoot.innerHTML");
  for (const text of [...screen.answers, String(stored), String(shown)]) for (const secret of secrets) expect(text).not.toContain(secret);
}

onPage("connecting with credentials", (here) => {
  it("adds a WABA number by hand: fields say what is wrong, the checks run, and its token is replaced alone", async () => {
    const screen = vendorsScreen();
    const account = accountAt(screen);
    const page = await here.open(screen.answer);
    await page.getByRole("button", { name: "Add WABA account" }).click();
    await heading(page, "Add WABA account");
    await press(page, "Connect");
    await page.getByText("This is missing.").first().waitFor();
    await expect.poll(() => page.evaluate("document.querySelector('wadesk-devices').shadowRoot.activeElement?.name")).toBe("phoneNumberId");
    const token = account.token();
    await fillIn(page, { ...account, wabaId: account.phoneNumberId }, token);
    await press(page, "Connect");
    await page.getByText("This is the same as the Phone Number ID. Paste the WhatsApp Business Account ID.").waitFor();
    expect(await page.getByLabel("Access Token", { exact: true }).inputValue()).toBe("");
    await fillIn(page, account, token);
    await press(page, "Connect");
    await heading(page, "Acme Store is connected");
    await page.getByText("Webhooks subscribed").waitFor();
    await press(page, "Done");
    await page.locator("li.card").getByText("Connected", { exact: true }).waitFor();
    screen.meta.expireToken(token);
    await page.getByRole("button", { name: "Actions for Acme Store" }).click();
    await page.getByRole("menuitem", { name: "Check now" }).click();
    await page.getByRole("button", { name: "Reconnect: Acme Store" }).click();
    await heading(page, "Reconnect Acme Store");
    await page.getByText(account.phoneNumberId).first().waitFor();
    const next = account.token();
    await page.getByLabel("New Access Token").fill(next);
    await press(page, "Reconnect");
    await heading(page, "Acme Store is connected");
    await press(page, "Done");
    await page.locator("li.card").getByText("Connected", { exact: true }).waitFor();
    await neverSeen(page, screen, token, next);
  });

  it("says which check did not pass, that nothing was saved, and keeps all but the token", async () => {
    const screen = vendorsScreen();
    const account = accountAt(screen);
    const token = account.token();
    screen.meta.dropScope(token, "whatsapp_business_management");
    const page = await here.open(screen.answer);
    await page.getByRole("button", { name: "Add WABA account" }).click();
    await fillIn(page, account, token);
    await press(page, "Connect");
    await heading(page, "One check did not pass");
    const failed = page.getByRole("listitem").filter({ hasText: "Access token works" });
    await failed.getByText("Generate a new one with both WhatsApp scopes").waitFor();
    await page.getByText("Not checked").first().waitFor();
    await press(page, "Back to the form");
    expect(await page.getByLabel("WABA ID", { exact: true }).inputValue()).toBe(account.wabaId);
    expect(await page.getByLabel("Access Token", { exact: true }).inputValue()).toBe("");
    expect((await screen.wadesk.workspace("acme").list()).counts.all).toBe(0);
    await page.keyboard.press("Escape");
    await expect
      .poll(() => page.evaluate("document.querySelector('wadesk-devices').shadowRoot.activeElement?.textContent.trim()"))
      .toBe("Add WABA account");
    await neverSeen(page, screen, token);
  });

  it("connects Twilio's sandbox, then rotates to a sender of its own; what Twilio rejects is said and forgotten", async () => {
    const screen = vendorsScreen("twilio");
    const account = screen.twilio.addAccount({ friendlyName: "Acme" });
    const { number } = screen.twilio.addSender({ accountSid: account.sid, name: "Acme Shop" });
    const page = await here.open(screen.answer);
    await page.getByText("Sandbox", { exact: true }).click();
    expect(await page.getByLabel("From number").inputValue()).toBe("+14155238886");
    await page.getByLabel("Account SID").fill(account.sid);
    await page.getByLabel("Auth Token").fill("f".repeat(32));
    await press(page, "Save & test");
    await page.getByText("Twilio rejected the credentials").first().waitFor();
    expect(await page.getByLabel("Auth Token").inputValue()).toBe("");
    await page.getByLabel("Auth Token").fill(account.authToken);
    await press(page, "Save & test");
    await page.getByRole("button", { name: "Reconnect / rotate" }).click();
    await heading(page, "Reconnect / rotate");
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Production", { exact: true }).click();
    await dialog.getByLabel("Account SID").fill(account.sid);
    await dialog.getByLabel("New Auth Token").fill(account.authToken);
    await dialog.getByLabel("From number").fill(number);
    await dialog.getByRole("button", { name: "Save & test" }).click();
    await press(page, "Done");
    await page.getByRole("heading", { name: number }).waitFor();
    await page.getByText("Receive replies").waitFor();
    await neverSeen(page, screen, account.authToken);
  });

  it("takes a number that the admin lends, without anybody's credentials", async () => {
    const screen = vendorsScreen("twilio");
    const admin = screen.twilio.addAccount();
    const { number } = screen.twilio.addSender({ accountSid: admin.sid });
    const senders = ["+15550100009", number].map((each) => ({ workspaceId: "acme", number: each }));
    await screen.wadesk.settings.change("twilio", { accountSid: admin.sid, authToken: { add: admin.authToken }, senders } as never);
    const page = await here.open(screen.answer);
    await page.getByRole("radio", { name: /Admin default/ }).check();
    await page.getByLabel("From number").selectOption(number);
    await page.getByText("Sandbox", { exact: true }).click();
    await page.getByText("Production", { exact: true }).click();
    expect(await page.getByLabel("From number").inputValue()).toBe(number);
    await press(page, "Save & test");
    await page.getByText("Admin default").waitFor();
    await page.getByRole("heading", { name: number }).waitFor();
    await neverSeen(page, screen, admin.authToken);
  });

  it("draws a form of a channel's schema that nobody has written words for", async () => {
    const echo = echoVendor("echo");
    const { signup: _none, ...channel } = echo.channel;
    const screen = vendorsScreen("echo", [channel]);
    const page = await here.open(screen.answer);
    await page.getByRole("button", { name: "Add number" }).click();
    await page.getByLabel("Number", { exact: true }).fill("+111");
    await page.getByLabel("Token", { exact: true }).fill("secret-token-of-echo");
    await press(page, "Connect");
    await heading(page, "Echo +111 is connected");
    await neverSeen(page, screen, "secret-token-of-echo");
  });
});
