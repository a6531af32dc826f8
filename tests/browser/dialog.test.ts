import { expect, it } from "vitest";
import { inChromium } from "./world/in-chromium.ts";
import { accept, account, answerAll, attemptOn, endsOf, openPage, openWindow, outcomeOf } from "./world/person.ts";

inChromium("the dialog in a window of its own", (here) => {
  const calls = (part: string): number => here.host.meta.exchanges.filter(({ operation }) => operation.includes(part)).length;

  it("connects the numbers that a person chooses, and asks for what each of them wants", async () => {
    const { wabaId, locked, fresh } = account(here.host);
    const page = await openPage(here.context, here.host);
    await accept(await openWindow(page), { wabaId, numbers: [locked, fresh] });
    expect(await outcomeOf(page)).toMatchObject({ outcome: "finished", message: "with_code", told: { wabaId } });
    expect(endsOf(await answerAll(page, here.host))).toEqual(["Fresh connected", "Locked connected"]);
    expect(calls("oauth/access_token")).toBe(1);
  });

  it("connects the one number that was chosen there without asking for it again", async () => {
    const { wabaId } = account(here.host);
    const ready = here.host.meta.addNumber({ wabaId, verifiedName: "Ready" });
    const page = await openPage(here.context, here.host);
    await accept(await openWindow(page), { wabaId, numbers: [ready.id] });
    await outcomeOf(page);
    expect(endsOf(await attemptOn(page))).toEqual(["Ready connected"]);
  });

  it("sends the code at once where Meta's message is slow, or never comes", async () => {
    const { wabaId } = account(here.host);
    const page = await openPage(here.context, here.host);
    const dialog = await openWindow(page);
    await accept(dialog, { wabaId, end: "by_hand" });
    await dialog.click("text=Give the code");
    // the window is open still, and has not said that it is done
    expect(await outcomeOf(page)).toMatchObject({ outcome: "finished", message: "missing", told: {} });
    expect((await attemptOn(page)).question?.type).toBe("choose_numbers");
    await dialog.click("text=Tell the page");
    await dialog.click("text=Close");
    expect(calls("oauth/access_token")).toBe(1);
  });

  it("takes the message that comes while the server is at work", async () => {
    const { wabaId, locked } = account(here.host);
    const page = await openPage(here.context, here.host);
    const dialog = await openWindow(page);
    here.host.meta.fault({ kind: "slow_answer", operation: "GET /oauth/access_token", byMs: 5_000 });
    await accept(dialog, { wabaId, numbers: [locked], end: "by_hand" });
    await dialog.click("text=Give the code");
    await expect.poll(() => calls("oauth/access_token")).toBe(1);
    await dialog.click("text=Tell the page");
    // a turn of the page's, after the message
    await page.evaluate("new Promise((resolve) => setTimeout(resolve, 0))");
    await here.host.time.advance(5_000);
    expect(await outcomeOf(page)).toMatchObject({ outcome: "finished", message: "after_code", told: { wabaId, phoneNumberId: locked } });
  });

  it.each([
    ["cancel", { outcome: "cancelled", step: "PHONE_NUMBER_SETUP" }],
    [
      "report",
      {
        outcome: "reported",
        problem: { code: "524126", message: expect.stringContaining("verified name"), sessionId: expect.any(String) },
      },
    ],
  ])("that a person leaves by %s says where or why, and can be opened again", async (act, said) => {
    const { wabaId, locked, fresh } = account(here.host);
    const page = await openPage(here.context, here.host);
    const dialog = await openWindow(page);
    await dialog.selectOption("[name=step]", "PHONE_NUMBER_SETUP");
    await dialog.click(`button[value=${act}]`);
    expect(await outcomeOf(page)).toMatchObject(said);
    await accept(await openWindow(page), { wabaId, numbers: [locked, fresh] });
    await page.waitForSelector("body[data-at]");
    expect(endsOf(await answerAll(page, here.host))).toEqual(["Fresh connected", "Locked connected"]);
  });

  it("that is closed without a word says so, and so does one that was done and gave no code", async () => {
    const { wabaId } = account(here.host);
    const page = await openPage(here.context, here.host);
    await (await openWindow(page)).close();
    expect(await outcomeOf(page)).toMatchObject({ outcome: "closed", text: expect.stringContaining("Try again") });
    await accept(await openWindow(page), { wabaId, end: "no_code" });
    expect(await outcomeOf(page)).toMatchObject({ outcome: "no_code", told: { wabaId }, text: expect.stringContaining("allowed domains") });
    expect(calls("oauth/access_token")).toBe(0);
  });

  it("tells a page whose domain the app does not list nothing at all", async () => {
    await here.again({ listed: false });
    const { wabaId } = account(here.host);
    const page = await openPage(here.context, here.host);
    await accept(await openWindow(page), { wabaId });
    expect(await outcomeOf(page)).toMatchObject({ outcome: "closed" });
  });

  it("is said to be blocked where the browser opens no window, and is opened by the next click", async () => {
    // Chromium without a screen blocks none by itself
    await here.context.addInitScript(
      "const { open } = window; let asked = 0; window.open = (...given) => ((asked += 1) === 1 ? null : open(...given));",
    );
    const page = await openPage(here.context, here.host);
    await page.click("#dialog");
    expect(await outcomeOf(page)).toMatchObject({ outcome: "blocked", text: expect.stringContaining("pop-ups") });
    await (await openWindow(page)).close();
    expect(await outcomeOf(page)).toMatchObject({ outcome: "closed" });
  });

  it("is not there where Meta's script is not loaded, as by a blocker", async () => {
    await here.context.route("**/sdk.js", (route) => route.abort());
    const page = await openPage(here.context, here.host);
    expect(JSON.parse((await page.textContent("#prepared")) ?? "")).toMatchObject({ outcome: "no_sdk" });
  });

  it("ends after 15 minutes, and sends no code after that", async () => {
    account(here.host);
    const page = await here.context.newPage();
    await page.clock.install();
    await page.goto(`${here.host.origin}/settings?helper`);
    await page.waitForSelector("body[data-loaded]");
    const dialog = await openWindow(page);
    await page.clock.fastForward("15:00");
    expect(await outcomeOf(page)).toMatchObject({ outcome: "expired" });
    await accept(dialog);
    expect(calls("oauth/access_token")).toBe(0);
  });

  it("with a code that is older than 30 seconds is refused with what to do, and opened again", async () => {
    const { wabaId, locked, fresh } = account(here.host);
    const page = await openPage(here.context, here.host);
    const dialog = await openWindow(page);
    await accept(dialog, { wabaId, end: "by_hand" });
    await here.host.time.advance(30_000);
    await dialog.click("text=Give the code");
    const refused = await outcomeOf(page);
    expect(refused).toMatchObject({ outcome: "refused", error: { code: "input_invalid" }, text: expect.stringContaining("30 seconds") });
    await dialog.click("text=Close");
    await accept(await openWindow(page), { wabaId, numbers: [locked, fresh] });
    await page.waitForSelector("body[data-at]");
    expect(endsOf(await answerAll(page, here.host))).toEqual(["Fresh connected", "Locked connected"]);
  });
});
