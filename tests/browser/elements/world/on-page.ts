import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect } from "vitest";
import { chromiumIsAway, startChromium } from "../../world/chromium.ts";
import { openPageHost, type PageHost } from "./page-host.ts";

/** How a page is opened. */
export interface PageOptions {
  readonly theme?: "light" | "dark";
  readonly width?: number;
  /** Attributes of the element, and `dir`, `lang` and `tag` of the page. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A Chromium that the facts of one file share. */
export interface OnPage {
  /** Opens the element in front of an application, and waits until it is defined. */
  open(answer: (request: Request) => Promise<Response>, options?: PageOptions): Promise<Page>;
}

const away = chromiumIsAway();
if (away) console.warn(`skipped: ${away}`);

/** How long anything may take on a page; what is awaited comes, and this ends what hangs alone. */
const PATIENCE_MS = 30_000;

/** Facts about elements on a page. An error of the page's, or anything that its policy forbids, fails them. */
export function onPage(name: string, facts: (here: OnPage) => void): void {
  describe.skipIf(away)(name, () => {
    let browser: Browser | undefined;
    let opened: { readonly host: PageHost; readonly context: BrowserContext }[] = [];
    let faults: string[] = [];
    beforeAll(async () => {
      browser = await startChromium();
    });
    afterAll(() => browser?.close());
    afterEach(async () => {
      for (const { context, host } of opened) {
        await context.close();
        await host.close();
      }
      const found = faults;
      opened = [];
      faults = [];
      expect(found).toEqual([]);
    });
    facts({
      async open(answer, { theme = "light", width = 1280, attributes = {} } = {}) {
        if (browser === undefined) throw new Error("there is a browser within a test alone");
        const host = await openPageHost(answer);
        const context = await browser.newContext({
          viewport: { width, height: 900 },
          locale: "en-GB",
          timezoneId: "UTC",
          reducedMotion: "reduce",
        });
        context.setDefaultTimeout(PATIENCE_MS);
        opened.push({ host, context });
        const page = await context.newPage();
        page.on("pageerror", (error) => faults.push(String(error)));
        page.on("console", (line) => {
          // a refusal of the application's is no fault of the page's
          if (line.type() === "error" && !line.text().startsWith("Failed to load resource")) faults.push(line.text());
        });
        await page.goto(`${host.origin}/?${new URLSearchParams({ theme, ...attributes })}`);
        const tag = attributes.tag ?? "wadesk-devices";
        await page.waitForFunction(`customElements.get("${tag}") !== undefined`);
        return page;
      },
    });
  });
}
