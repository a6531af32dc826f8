import { describe, expect, it } from "vitest";
import { foreignPage } from "./own-page.ts";

const PLACE = { origins: ["https://app.example.com"], publicUrl: new URL("https://chat.example.com/base") };
const JSON_TYPE = { "content-type": "application/json; charset=utf-8" };
const codeOf = (headers: Readonly<Record<string, string>>, url = "http://127.0.0.1:3000/wadesk/connections"): string =>
  foreignPage(new Request(url, { method: "POST", headers: { ...JSON_TYPE, ...headers } }), PLACE) ?? "accepted";

describe("a change", () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    [
      "a page of the same origin, whatever a proxy made of the host",
      { "sec-fetch-site": "same-origin", origin: "https://other.example.com" },
    ],
    ["the host that was called", { origin: "http://shop.example.com", host: "shop.example.com" }],
    ["the host of the request's own URL", { origin: "http://127.0.0.1:3000" }],
    ["the public address, behind a proxy that rewrites the host", { origin: "https://chat.example.com" }],
    ["an origin that the application allows", { origin: "https://app.example.com", "sec-fetch-site": "cross-site" }],
    ["what is no browser", {}],
  ])("may come from %s", (_from, headers) => {
    expect(codeOf(headers)).toBe("accepted");
  });

  it("is refused as anything but JSON, which a form could send", () => {
    expect(codeOf({ "content-type": "text/plain" })).toBe("not_json");
  });

  it("may come from the host that was called alone where no other place is named", () => {
    const sent = (origin: string) =>
      foreignPage(new Request("http://127.0.0.1:3000/", { method: "POST", headers: { ...JSON_TYPE, origin } }));
    expect([sent("http://127.0.0.1:3000"), sent("https://app.example.com")]).toEqual([undefined, "forged_request"]);
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ["another site", { "sec-fetch-site": "cross-site", origin: "https://evil.example.com" }],
    ["a subdomain, which is somebody else's page", { "sec-fetch-site": "same-site", origin: "https://evil.chat.example.com" }],
    ["an address that was typed", { "sec-fetch-site": "none" }],
    ["another origin, where the browser says no more", { origin: "https://evil.example.com" }],
    ["another port", { origin: "http://127.0.0.1:3001" }],
    ["an origin that hides itself", { origin: "null" }],
    ["one that looks like an allowed one", { origin: "https://app.example.com.evil.example" }],
    ["no origin at all, though one is said", { origin: "" }],
  ])("is refused from %s", (_from, headers) => {
    expect(codeOf(headers)).toBe("forged_request");
  });
});
