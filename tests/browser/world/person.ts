import type { SignupAttempt } from "@wadesk/core";
import type { BrowserContext, Page } from "playwright-core";
import { answerTo } from "../../journeys/world/signup-world.ts";
import type { BrowserHost } from "./host.ts";

/** What a person does in Meta's dialog. */
export interface InDialog {
  readonly wabaId?: string;
  readonly numbers?: readonly string[];
  readonly catalogs?: readonly string[];
  /** In which order a dialog that the script opened tells message and code. */
  readonly end?: string;
}

/** Signs somebody in, in a browser of theirs. */
export async function signIn(context: BrowserContext, { origin }: BrowserHost, who = "acme.ana"): Promise<void> {
  // less than a test may take, so that it says what it waited for
  context.setDefaultTimeout(60_000);
  await context.addCookies([{ name: "session", value: who, url: origin, sameSite: "Lax", httpOnly: true }]);
}

/** Opens the page on which numbers are connected, and waits until it is ready. */
export async function openPage(context: BrowserContext, { origin }: BrowserHost, query = "?helper"): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${origin}/settings${query}`);
  await page.waitForSelector("body[data-loaded]");
  return page;
}

/** Presses "Connect", and answers the window of Meta's dialog. */
export async function openWindow(page: Page): Promise<Page> {
  const [dialog] = await Promise.all([page.waitForEvent("popup"), page.click("#dialog")]);
  await dialog.waitForSelector("button[value=accept]");
  return dialog;
}

/** Lets the app use an account, in the dialog. */
export async function accept(dialog: Page, { wabaId, numbers = [], catalogs = [], end }: InDialog = {}): Promise<void> {
  if (wabaId !== undefined) {
    for (const box of await dialog.locator("[name=wabaId]:checked").all()) await box.uncheck();
    await dialog.check(`[name=wabaId][value="${wabaId}"]`);
  }
  for (const id of numbers) await dialog.check(`[name=phoneNumberId][value="${id}"]`);
  for (const id of catalogs) await dialog.check(`[name=catalogId][value="${id}"]`);
  if (end !== undefined) await dialog.selectOption("[name=end]", end);
  await dialog.click("button[value=accept]");
}

/** How the last dialog ended, as the helper told the page. */
export async function outcomeOf(page: Page): Promise<Record<string, unknown>> {
  await page.waitForSelector("body[data-outcome]");
  return JSON.parse((await page.textContent("#outcome")) ?? "{}") as Record<string, unknown>;
}

/** Where the attempt stands, as the page shows it. */
export async function attemptOn(page: Page): Promise<SignupAttempt> {
  await page.waitForSelector("body[data-at]");
  return JSON.parse((await page.textContent("#attempt")) ?? "{}") as SignupAttempt;
}

/** Answers what the page asks, once: every number that is offered, the PIN 123456, and the code that came; or presses "Go on". */
export async function answerOnce(page: Page, { meta }: BrowserHost): Promise<SignupAttempt> {
  const { question } = await attemptOn(page);
  const answer = question && answerTo(meta, question);
  if (answer?.type === "pin") await page.fill("[name=typed]", answer.pin);
  if (answer?.type === "verification_code") await page.fill("[name=typed]", answer.code);
  await page.evaluate("delete document.body.dataset.at");
  await page.click("#go-on");
  return attemptOn(page);
}

/** Answers until nothing is asked. */
export async function answerAll(page: Page, host: BrowserHost): Promise<SignupAttempt> {
  let attempt = await attemptOn(page);
  for (let turn = 0; turn < 12 && attempt.at !== "done"; turn += 1) attempt = await answerOnce(page, host);
  return attempt;
}

/** What became of each number, by its name. */
export function endsOf({ numbers }: SignupAttempt): readonly string[] {
  return numbers.map(({ label, state, failure }) => `${label.split(",")[0]} ${failure?.code ?? state}`).toSorted();
}

/** An account with numbers that ask for everything: which of them, a PIN, a code. */
export function account({ meta }: BrowserHost): { readonly wabaId: string; readonly locked: string; readonly fresh: string } {
  const { id: wabaId } = meta.addWaba();
  const locked = meta.addNumber({ wabaId, verifiedName: "Locked", registered: false, pin: "123456" });
  const fresh = meta.addNumber({ wabaId, verifiedName: "Fresh", registered: false, codeVerificationStatus: "NOT_VERIFIED" });
  return { wabaId, locked: locked.id, fresh: fresh.id };
}
