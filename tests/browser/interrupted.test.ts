import type { SignupAttempt } from "@wadesk/core";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import type { BrowserHost } from "./world/host.ts";
import { inChromium } from "./world/in-chromium.ts";
import { accept, account, answerAll, answerOnce, attemptOn, endsOf, openPage, openWindow, outcomeOf } from "./world/person.ts";

const IS_LONG: boolean = Number(process.env.WADESK_TIMES ?? 1) > 1;

const BOTH = ["Fresh connected", "Locked connected"];

inChromium("a signup in a real browser that is interrupted", (here) => {
  const exchanges = (): number => here.host.meta.exchanges.filter(({ operation }) => operation.endsWith("access_token")).length;
  const idOn = (page: Page): Promise<string> => page.evaluate("sessionStorage.getItem('signup')");
  const toDialog = async (page: Page): Promise<void> => {
    await page.click("#redirect");
    await page.waitForSelector("button[value=accept]");
  };
  // the tab is gone, and another one shows the same attempt
  const elsewhere = async (page: Page): Promise<Page> => {
    const id = await idOn(page);
    await page.close();
    return openPage(here.context, here.host, `?signup=${id}`);
  };
  const answerInNewTabs = async (begun: Page): Promise<SignupAttempt> => {
    let page = begun;
    let attempt = await attemptOn(page);
    while (attempt.at !== "done") {
      page = await elsewhere(page);
      attempt = await answerOnce(page, here.host);
    }
    return attempt;
  };

  it("by its tab being closed in the dialog, at the way back and at each question, comes to the same end with one code", async () => {
    const { wabaId } = account(here.host);
    const first = await openPage(here.context, here.host, "");
    await toDialog(first);
    const dialog = first.url();
    await first.close();
    const page = await here.context.newPage();
    await page.goto(dialog);
    here.host.losing.path = "GET /connect/wa-store/waba";
    // a browser asks once more by itself where it got nothing
    here.host.losing.times = 2;
    const [back] = await Promise.all([page.waitForRequest(/waba\?code=/), accept(page, { wabaId })]);
    await expect.poll(exchanges).toBe(1);
    here.host.losing.times = 0;
    const again = await here.context.newPage();
    await again.goto(back.url());
    await again.waitForURL("**/settings?signup=*");
    expect(endsOf(await answerInNewTabs(again))).toEqual(BOTH);
    expect(exchanges()).toBe(1);
  });

  it("by its page being left and loaded again around the window, comes to the same end with one code", async () => {
    const { wabaId } = account(here.host);
    const page = await openPage(here.context, here.host);
    const orphan = await openWindow(page);
    await page.reload();
    await page.waitForSelector("body[data-loaded]");
    await accept(orphan, { wabaId });
    expect(exchanges()).toBe(0);
    await accept(await openWindow(page), { wabaId });
    await outcomeOf(page);
    expect(endsOf(await answerInNewTabs(page))).toEqual(BOTH);
    expect(exchanges()).toBe(1);
  });

  it.each([1, 2])("by %i answers to the code's post being lost, sends it again and learns where it stands", async (times) => {
    const { wabaId } = account(here.host);
    const page = await openPage(here.context, here.host);
    Object.assign(here.host.losing, { path: "POST /connect/wa-store/waba", times });
    await accept(await openWindow(page), { wabaId });
    expect(await outcomeOf(page)).toMatchObject({ outcome: "finished", attempt: { at: "question" } });
    expect(endsOf(await answerAll(page, here.host))).toEqual(BOTH);
    expect(exchanges()).toBe(1);
  });

  it("by every answer to the code's post being lost, says so, and the page shows where it stands", async () => {
    const { wabaId } = account(here.host);
    const page = await openPage(here.context, here.host);
    Object.assign(here.host.losing, { path: "POST /connect/wa-store/waba", times: 9 });
    await accept(await openWindow(page), { wabaId });
    expect(await outcomeOf(page)).toMatchObject({ outcome: "unanswered", text: expect.stringContaining("load the page again") });
    expect(endsOf(await answerInNewTabs(await elsewhere(page)))).toEqual(BOTH);
    expect(exchanges()).toBe(1);
  });

  it("by its page being closed as soon as the code was posted, stands in the next one", async () => {
    const { wabaId } = account(here.host);
    const page = await openPage(here.context, here.host);
    const id = await idOn(page);
    const dialog = await openWindow(page);
    here.host.meta.fault({ kind: "slow_answer", operation: "GET /oauth/access_token", byMs: 1_000 });
    await accept(dialog, { wabaId, end: "code_first" });
    await expect.poll(exchanges).toBe(1);
    await page.close();
    await here.host.time.advance(1_000);
    const next = await openPage(here.context, here.host, `?signup=${id}`);
    await expect
      .poll(async () => (await here.host.wadesk.workspace("acme").signup("cloud-api", { userId: "ana" }).read(id)).at)
      .toBe("question");
    await next.reload();
    expect(endsOf(await answerAll(next, here.host))).toEqual(BOTH);
  });

  it("by each answer to the page's own questions being lost, comes to the same end", async () => {
    const { wabaId } = account(here.host);
    let page = await openPage(here.context, here.host);
    await accept(await openWindow(page), { wabaId });
    await outcomeOf(page);
    let attempt = await attemptOn(page);
    for (let turn = 0; turn < 9 && attempt.at !== "done"; turn += 1) {
      Object.assign(here.host.losing, { path: "POST /api/signup", times: 1 });
      await answerOnce(page, here.host);
      page = await elsewhere(page);
      attempt = await attemptOn(page);
    }
    expect(endsOf(attempt)).toEqual(BOTH);
    expect(exchanges()).toBe(1);
  });

  it.each(["redirect", "dialog"])(
    "by each lost answer of Meta's in turn, by %s, comes to the same end",
    { timeout: 900_000 },
    async (door) => {
      const walk = async (failing: number): Promise<number> => {
        const { wabaId } = account(here.host);
        const before = here.host.meta.exchanges.length;
        const made = (): number => here.host.meta.exchanges.length - before;
        loseAfter(here.host, failing);
        const page = await openPage(here.context, here.host, door === "dialog" ? "?helper" : "");
        let done: SignupAttempt | undefined;
        // a second dialog is needed for the exchange alone, whose lost answer may have spent the code
        for (let dialogs = 1; done === undefined; dialogs += 1) {
          expect(dialogs, `call ${failing}`).toBeLessThanOrEqual(failing === 0 ? 2 : 1);
          if (door === "redirect") {
            await toDialog(page);
            await accept(page, { wabaId });
            await page.waitForURL("**/settings?**");
          } else {
            await accept(await openWindow(page), { wabaId });
            const { outcome } = await outcomeOf(page);
            if (outcome !== "finished") await page.goto(`${here.host.origin}/settings?helper&signup=${await idOn(page)}`);
          }
          await page.waitForSelector("body[data-loaded]");
          if ((await attemptOn(page)).at === "code") continue;
          done = await answerAll(page, here.host);
          if (done.numbers.some(({ state, failure }) => state !== "connected" || failure)) done = await answerOnce(page, here.host);
        }
        expect(endsOf(done), `call ${failing}`).toEqual(BOTH);
        return made();
      };
      const whole = await walk(Number.POSITIVE_INFINITY);
      expect(whole).toBeGreaterThan(15);
      // the two doors make the same calls of Meta, so each takes half of them; `long interrupted` has both take all
      for (let call = IS_LONG || door === "redirect" ? 0 : 1; call < whole; call += IS_LONG ? 1 : 2) {
        await here.again();
        await walk(call);
      }
    },
  );
});

// after so many calls the answer of the next is lost, and that of its repetitions
function loseAfter({ meta }: BrowserHost, calls: number): void {
  const exchanges = meta.exchanges as unknown as { push: (...items: unknown[]) => number };
  const { push } = exchanges;
  let count = 0;
  const strike = (): void => {
    if (count === calls) meta.fault({ kind: "answer_lost", times: count === 0 ? 1 : 3 });
    count += 1;
  };
  strike();
  exchanges.push = (...items) => {
    const length = push.apply(meta.exchanges, items);
    strike();
    return length;
  };
}
