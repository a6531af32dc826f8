import type { BrowserContext, Route } from "playwright-core";
import { expect, it } from "vitest";
import type { BrowserHost } from "./world/host.ts";
import { inChromium } from "./world/in-chromium.ts";
import { accept, openPage, openWindow, outcomeOf } from "./world/person.ts";

// every name leads to the fake or the host: nothing leaves the machine
async function lead(context: BrowserContext, host: BrowserHost): Promise<void> {
  await context.route("**/*", async (route: Route) => {
    const asked = route.request();
    const url = new URL(asked.url());
    const method = asked.method();
    const headers = await asked.allHeaders();
    const body = asked.postData();
    const request = (to: URL) =>
      new Request(to, {
        method,
        headers: Object.entries(headers).filter(([name]) => !name.startsWith(":")),
        ...(body !== null && { body }),
      });
    if (url.hostname === "chat.example.com") return answer(route, await host.answer(request(url)));
    if (url.hostname === "connect.facebook.net" || url.hostname === "www.facebook.com")
      return answer(route, await host.meta.fetch(request(url)));
    return route.abort();
  });
}

async function answer(route: Route, response: Response): Promise<void> {
  await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() });
}

inChromium(
  "with Meta's own addresses and https, in which nothing is set for a test",
  (here) => {
    it("the helper opens the dialog, hears it and connects, by a cookie that no subdomain can set", async () => {
      await lead(here.context, here.host);
      const { id: wabaId } = here.host.meta.addWaba();
      const number = here.host.meta.addNumber({ wabaId, verifiedName: "Shop" });
      const page = await openPage(here.context, here.host);
      expect((await here.context.cookies()).find(({ name }) => name.includes("wadesk"))).toMatchObject({
        name: "__Host-wadesk_signup",
        secure: true,
        httpOnly: true,
        sameSite: "Lax",
      });
      const dialog = await openWindow(page);
      expect(new URL(dialog.url()).origin).toBe("https://www.facebook.com");
      await accept(dialog, { wabaId, numbers: [number.id] });
      expect(await outcomeOf(page)).toMatchObject({
        outcome: "finished",
        message: "with_code",
        told: { phoneNumberId: number.id },
        attempt: { at: "done", numbers: [{ state: "connected" }] },
      });
    });
  },
  { publicOrigin: "https://chat.example.com" },
);
