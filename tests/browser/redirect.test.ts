import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { inChromium } from "./world/in-chromium.ts";
import { accept, account, answerAll, attemptOn, endsOf, openPage, openWindow, outcomeOf, signIn } from "./world/person.ts";

inChromium("in a real browser", (here) => {
  const exchanges = (): number => here.host.meta.exchanges.filter(({ operation }) => operation.endsWith("access_token")).length;
  const connections = async (workspaceId = "acme"): Promise<number> => (await here.host.wadesk.workspace(workspaceId).list()).counts.all;
  const toDialog = async (page: Page): Promise<void> => {
    await page.click("#redirect");
    await page.waitForSelector("button[value=accept]");
  };

  it("a signup on Meta's own page comes back, asks its questions and connects each number", async () => {
    const { wabaId } = account(here.host);
    const page = await openPage(here.context, here.host, "");
    await toDialog(page);
    await accept(page, { wabaId });
    await page.waitForURL("**/settings?**");
    expect(endsOf(await answerAll(page, here.host))).toEqual(["Fresh connected", "Locked connected"]);
  });

  it("whoever says no on Meta's page is told so, and can begin again", async () => {
    const { wabaId } = account(here.host);
    const page = await openPage(here.context, here.host, "");
    await toDialog(page);
    await page.click("button[value=cancel]");
    await page.waitForURL("**/settings?problem=signup_declined");
    await toDialog(page);
    await accept(page, { wabaId });
    expect((await attemptOn(page)).at).toBe("question");
  });

  describe("a state is refused, and no code exchanged, that", () => {
    const refused = async (page: Page, made = 0): Promise<void> => {
      await page.waitForURL("**/settings?problem=signup_not_found");
      expect([exchanges(), await connections(), await connections("evil")]).toEqual([made, 0, 0]);
    };

    it("is an attacker's, whose dialog a victim goes through by a link, with a dialog begun or without", async () => {
      const { wabaId } = account(here.host);
      const attacker = await here.browser.newContext();
      await signIn(attacker, here.host, "evil.eve");
      const theirs = await openPage(attacker, here.host, "");
      await toDialog(theirs);
      const link = theirs.url();
      for (const begun of [false, true]) {
        const page = await openPage(here.context, here.host, begun ? "?helper" : "");
        await page.goto(link);
        await accept(page, { wabaId });
        await refused(page);
      }
      await attacker.close();
    });

    it.each([
      ["another user's", "acme.bob"],
      ["another workspace's", "beta.ana"],
    ])("is %s of the same browser", async (_whose, who) => {
      const { wabaId } = account(here.host);
      const page = await openPage(here.context, here.host, "");
      await toDialog(page);
      await signIn(here.context, here.host, who);
      await accept(page, { wabaId });
      await refused(page);
      expect(await connections("beta")).toBe(0);
    });

    it("is another browser's of the same user", async () => {
      const { wabaId } = account(here.host);
      const page = await openPage(here.context, here.host, "");
      await toDialog(page);
      const elsewhere = await here.browser.newContext();
      await signIn(elsewhere, here.host);
      const other = await openPage(elsewhere, here.host, "");
      await other.goto(page.url());
      await accept(other, { wabaId });
      await refused(other);
      await elsewhere.close();
    });

    it("is forged, has ended or was used", async () => {
      const { wabaId } = account(here.host);
      const page = await openPage(here.context, here.host, "");
      await page.goto(`${here.host.origin}/connect/wa-store/waba?state=sgn_1.0&code=AQ00`);
      await refused(page);
      await toDialog(page);
      const dialog = page.url();
      await here.host.time.advance(15 * 60_000);
      await accept(page, { wabaId });
      await refused(page);
      await toDialog(page);
      const [back] = await Promise.all([page.waitForRequest(/waba\?code=/), accept(page, { wabaId })]);
      await attemptOn(page);
      await page.goto(back.url());
      await refused(page, 1);
      await page.goto(dialog);
      await accept(page, { wabaId });
      await refused(page, 1);
    });
  });

  it("a page of another origin, and one that is posed as Meta's, tell the helper nothing", async () => {
    const { wabaId } = account(here.host);
    const page = await openPage(here.context, here.host);
    const dialog = await openWindow(page);
    const word = JSON.stringify({ type: "WA_EMBEDDED_SIGNUP", event: "FINISH", data: { waba_id: "666", phone_number_id: "666" } });
    // by the page's own origin, which is not Meta's
    await page.evaluate(`window.postMessage(${JSON.stringify(word)}, "*")`);
    await page.evaluate(
      `window.dispatchEvent(new MessageEvent("message", { origin: "https://evilfacebook.com", data: ${JSON.stringify(word)} }))`,
    );
    await page.evaluate("new Promise((resolve) => setTimeout(resolve, 0))");
    await accept(dialog, { wabaId, end: "no_message" });
    expect(await outcomeOf(page)).toMatchObject({ outcome: "finished", told: {}, message: "missing" });
  });

  it.each(["redirect", "dialog"])(
    "neither code, state nor token is seen by %s: not in addresses, referrers, pages, logs, or any traffic but the code's one way",
    async (door) => {
      const { wabaId } = account(here.host);
      const seen: { readonly url: string; readonly text: string }[] = [];
      const frames: string[] = [];
      here.context.on("request", (request) => {
        seen.push({ url: request.url(), text: JSON.stringify([request.headers(), request.postData()]) });
      });
      here.context.on("page", (opened) => opened.on("framenavigated", (frame) => frames.push(frame.url())));
      const consoled: string[] = [];
      here.context.on("console", (line) => consoled.push(line.text()));
      const page = await openPage(here.context, here.host, door === "dialog" ? "?helper" : "");
      if (door === "dialog") {
        await accept(await openWindow(page), { wabaId });
        await outcomeOf(page);
      } else {
        await toDialog(page);
        await accept(page, { wabaId });
      }
      await answerAll(page, here.host);
      await page.reload();
      const code = new RegExp(
        here.host.meta.exchanges.map(({ request }) => new URL(request.url).searchParams.get("code")).find((text) => text !== null) ??
          "none",
      );
      expect(code.source).toMatch(/^AQ/);
      const withCode = seen.filter(({ url, text }) => code.test(url) || code.test(text));
      expect(withCode.map(({ url }) => new URL(url).pathname)).toEqual(["/connect/wa-store/waba"]);
      const state = /sgn_\w+\.[\w-]+/;
      // on Meta's own pages the address is Meta's
      const leaving = seen.filter(({ url }) => !url.includes("/dialog/oauth"));
      expect(leaving.filter(({ text }) => /"referer":"[^"]*(state|code)=/.test(text))).toEqual([]);
      const shown = [
        page.url(),
        await page.content(),
        JSON.stringify(here.host.lines),
        ...consoled,
        ...(await here.context.cookies()).map(({ value }) => value),
      ];
      const SECRETS = new RegExp(`EAA\\w+|${here.host.app.secret}`);
      for (const text of shown) expect(text).not.toMatch(new RegExp(`${code.source}|${state.source}|${SECRETS.source}`));
      for (const { url, text } of seen) expect(url + text).not.toMatch(SECRETS);
      // the browser's history holds no address with a code: the way back ended elsewhere
      expect(frames.filter((url) => code.test(url))).toEqual([]);
      expect(await page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie, document.referrer])")).not.toMatch(state);
    },
  );
});
