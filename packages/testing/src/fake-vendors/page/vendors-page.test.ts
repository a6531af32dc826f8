import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FakeServer } from "../../fakes/stage/serve.ts";
import { manualClock } from "../../manual-clock.ts";
import { openVendors, type Vendors } from "../world/open-vendors.ts";
import { vendorsActions } from "./vendors-actions.ts";
import { vendorsPage } from "./vendors-page.ts";

const BOB = { action: "person", name: "Bob", phone: "+15550007777" };
let vendors: Vendors;
let page: FakeServer;
beforeAll(async () => {
  const ports = { meta: 0, twilio: 0, whatsapp: 0, phones: 0 };
  // nobody is at this port, and the clock that stands still asks once
  vendors = await openVendors({ ports, webhooks: "http://127.0.0.1:9/webhooks/whatsapp/inbound", clock: manualClock().clock });
  page = await vendorsPage(vendorsActions(vendors), 0);
});
afterAll(async () => {
  await page.close();
  await vendors.close();
});

/** Posts with any header, the Host too, which fetch does not let one write. Answers the status; 0 where the connection was cut. */
function post(headers: Record<string, string>, body: string, path = "/act"): Promise<number> {
  return new Promise((resolve) => {
    const asking = request(`${page.url}${path}`, { method: "POST", headers }, (response) => {
      response.resume().once("end", () => resolve(response.statusCode ?? 0));
    });
    asking.once("error", () => resolve(0));
    asking.end(body);
  });
}
const act = async (form: unknown) => {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${page.url}/act`, { method: "POST", headers, body: JSON.stringify(form) });
  return [response.status, ((await response.json()) as { readonly error?: string }).error];
};
const world = async () => (await fetch(`${page.url}/world`)).text();

describe("the page with the vendors", () => {
  it.each<[what: string, status: number, headers: Record<string, string>, body: string, path?: string]>([
    ["from another website", 403, { "content-type": "application/json", origin: "https://evil.example" }, JSON.stringify(BOB)],
    ["from another website that hides", 403, { "content-type": "application/json", "sec-fetch-site": "cross-site" }, JSON.stringify(BOB)],
    ["under another name", 421, { "content-type": "application/json", host: "rebound.example" }, JSON.stringify(BOB)],
    ["as a form", 415, { "content-type": "text/plain" }, JSON.stringify(BOB)],
    ["of another size than it takes", 0, { "content-type": "application/json" }, JSON.stringify({ ...BOB, more: "x".repeat(70_000) })],
    ["that is no JSON", 400, { "content-type": "application/json" }, "{"],
    ["that is no object", 400, { "content-type": "application/json" }, "null"],
    ["to another address", 404, { "content-type": "application/json" }, JSON.stringify(BOB), "/world"],
  ])("changes nothing by what comes %s", async (_what, status, headers, body, path) => {
    const before = await world();
    expect(await post(headers, body, path)).toBe(status);
    expect(await world()).toBe(before);
  });

  it("is served under a policy that lets in nothing from elsewhere, and asks for its own files alone", async () => {
    const response = await fetch(page.url);
    expect(response.headers.get("content-security-policy")).toMatch(/^default-src 'none'; script-src 'self'; .*frame-ancestors 'none'$/);
    const names = [...(await response.text()).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, name]) => name);
    expect(names).toEqual(["data:,", "page.css", "page.js"]);
    for (const name of ["page.css", "page.js"]) expect((await fetch(`${page.url}/${name}`)).status).toBe(200);
  });

  it.each([
    [{ action: "person", name: "", phone: "+15550001" }, "a person needs a name"],
    [{ action: "person", name: "Bob", phone: "15550001" }, 'a number is + and 5 to 15 digits, not "15550001"'],
    [{ action: "write", vendor: "meta", phone: "+4911", text: "Hi" }, 'nobody here has the number "+4911": add a person first'],
    [{ action: "write", vendor: "meta", phone: "+5511999990000", text: " " }, "a message needs a text"],
    [
      { action: "write", vendor: "telegram", phone: "+5511999990000", text: "Hi" },
      'there is no vendor "telegram": there are meta, twilio, whatsapp',
    ],
    [{ action: "status", vendor: "meta", id: "x", status: "sent" }, "a status is one of delivered, read, failed"],
    [
      { action: "status", vendor: "twilio", id: "SM0", status: "read" },
      "no message SM0 was accepted, or its vendor says nothing more of it",
    ],
    [{ action: "fault", vendor: "meta", fault: "rain" }, 'meta has no fault "rain"'],
    [{ action: "end_fault", vendor: "meta", fault: "expired_token" }, "this fault was not asked for"],
    [{ action: "toString" }, "there is no such action: there are person"],
  ])("says why it does not do %o", async (form, sentence) => {
    expect(await act(form)).toEqual([400, expect.stringContaining(sentence)]);
  });

  it("says why Meta does not call a webhook that nobody takes, and asks again at a click", async () => {
    expect(await act({ action: "verify" })).toEqual([400, expect.stringContaining("the callback URL could not be reached")]);
    expect(JSON.parse(await world()).webhooks.trouble).toContain("the callback URL could not be reached");
  });

  it("subscribes the app at a click, and says why where a fault has struck", async () => {
    expect(await act({ action: "subscribe" })).toEqual([200, undefined]);
    await act({ action: "fault", vendor: "meta", fault: "server_error" });
    expect(await act({ action: "subscribe" })).toEqual([400, "Meta refused to subscribe the app, with 500: a fault that waits has struck"]);
  });

  it("begins each fault of each vendor, and ends it", async () => {
    const { faults } = JSON.parse(await world()) as { readonly faults: readonly { readonly vendor: string; readonly id: string }[] };
    expect(new Set(faults.map(({ vendor }) => vendor))).toEqual(new Set(["meta", "twilio", "whatsapp"]));
    for (const { vendor, id } of faults) {
      const standing = async () =>
        JSON.parse(await world()).faults.find((each: (typeof faults)[number]) => each.vendor === vendor && each.id === id).standing;
      expect(await act({ action: "fault", vendor, fault: id, lasting: "yes" })).toEqual([200, undefined]);
      expect(await standing()).toBe("waiting");
      expect(await act({ action: "end_fault", vendor, fault: id })).toEqual([200, undefined]);
      expect(await standing()).toBe("ended");
    }
  });
});
