import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { chromiumIsAway } from "../../browser/world/chromium.ts";
import { seePage } from "./see-page.ts";

const ELEMENT = `<!doctype html><link rel="icon" href="data:,"><x-screen></x-screen><script>
  customElements.define("x-screen", class extends HTMLElement {
    connectedCallback() { this.attachShadow({ mode: "open" }).innerHTML = "<p>Good day</p>"; }
  });
</script>`;

/** Serves one page until the test ends, and nothing beside it. */
async function serve(html: string): Promise<string> {
  const server = createServer(({ url }, response) => void response.writeHead(url === "/" ? 200 : 404).end(url === "/" ? html : ""));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe.skipIf(chromiumIsAway())("a page that is looked at", () => {
  it("shows what one of its elements draws", async () => {
    await seePage(await serve(ELEMENT), "Good day");
  });

  it.each([
    ["an error of its own", "<script>throw new Error('out of order')</script>", "out of order"],
    ["a request that is refused", '<script src="/gone.js"></script>', "/gone.js answered 404"],
  ])("is refused for %s", async (_name, beside, told) => {
    await expect(seePage(await serve(ELEMENT + beside), "Good day")).rejects.toThrow(told);
  });

  it("is refused for other words than those, with what it shows", async () => {
    await expect(seePage(await serve(ELEMENT), "Good night", 500)).rejects.toThrow(/does not show "Good night"[\s\S]*Good day/);
  });
});
