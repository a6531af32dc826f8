import { startChromium } from "../../browser/world/chromium.ts";

// Next.js and Vite build what is asked for when it is asked for
const PATIENCE_MS = 120_000;

/** Opens an address as a person does, and waits until it shows these words. Rejects with what it shows in their place, and with whatever the page or its requests failed at. */
export async function seePage(address: string, words: string, patienceMs = PATIENCE_MS): Promise<void> {
  const browser = await startChromium();
  try {
    const page = await browser.newPage({ locale: "en-GB" });
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("response", (answer) => {
      if (answer.status() >= 400 && !answer.url().endsWith("/favicon.ico")) faults.push(`${answer.url()} answered ${answer.status()}`);
    });
    await page.goto(address, { timeout: PATIENCE_MS });
    const isShown = await page
      .getByText(words, { exact: true })
      .first()
      .waitFor({ timeout: patienceMs })
      .then(
        () => true,
        () => false,
      );
    if (!isShown) faults.unshift(`${address} does not show "${words}" but:\n${await page.locator("body").ariaSnapshot()}`);
    if (faults.length > 0) throw new Error(faults.join("\n"));
  } finally {
    await browser.close();
  }
}
