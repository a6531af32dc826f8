import { describe, expect, it } from "vitest";
import { refusalOf } from "./local-door.ts";

const ask = (method: string, url: string, headers: Record<string, string> = {}) =>
  refusalOf(new Request(url, { method, headers }), "4400")?.status;
const JSON_TYPE = { "content-type": "application/json" };
const PAGE = "http://127.0.0.1:4400";

describe("the door of the page with the vendors", () => {
  it.each<[what: string, method: string, url: string, headers: Record<string, string>]>([
    ["whoever calls up the page", "GET", `${PAGE}/`, { "sec-fetch-site": "none" }],
    ["a link of another page", "GET", `${PAGE}/`, { "sec-fetch-site": "cross-site" }],
    ["the page, which looks", "GET", `${PAGE}/world`, { "sec-fetch-site": "same-origin" }],
    ["the page, which acts", "POST", `${PAGE}/act`, { ...JSON_TYPE, origin: PAGE, "sec-fetch-site": "same-origin" }],
    ["the page by another name of this computer", "POST", "http://localhost:4400/act", { ...JSON_TYPE, origin: "http://localhost:4400" }],
    ["a program", "POST", "http://[::1]:4400/act", { "content-type": "Application/JSON; charset=utf-8" }],
  ])("opens to %s", (_what, method, url, headers) => {
    expect(ask(method, url, headers)).toBeUndefined();
  });

  it.each<[what: string, status: number, method: string, url: string, headers: Record<string, string>]>([
    ["a name of its own that leads here", 421, "GET", "http://rebound.example:4400/", {}],
    ["a name of its own, to act", 421, "POST", "http://rebound.example:4400/act", JSON_TYPE],
    ["a name that begins as ours", 421, "POST", "http://127.0.0.1.rebound.example:4400/act", JSON_TYPE],
    ["another port", 421, "POST", "http://127.0.0.1:4401/act", JSON_TYPE],
    ["another website, to look", 403, "GET", `${PAGE}/world`, { "sec-fetch-site": "cross-site" }],
    ["another port's page, to look", 403, "GET", `${PAGE}/world`, { "sec-fetch-site": "same-site" }],
    ["another website, to act", 403, "POST", `${PAGE}/act`, { ...JSON_TYPE, origin: "https://evil.example" }],
    ["another port's page, to act", 403, "POST", `${PAGE}/act`, { ...JSON_TYPE, origin: "http://127.0.0.1:3000" }],
    ["a page without an origin", 403, "POST", `${PAGE}/act`, { ...JSON_TYPE, origin: "null" }],
    ["a website that hides its origin", 403, "POST", `${PAGE}/act`, { ...JSON_TYPE, "sec-fetch-site": "cross-site" }],
    ["another website, to act at the page's own address", 403, "POST", `${PAGE}/`, { ...JSON_TYPE, "sec-fetch-site": "cross-site" }],
    ["a form", 415, "POST", `${PAGE}/act`, { "content-type": "application/x-www-form-urlencoded" }],
    ["text", 415, "POST", `${PAGE}/act`, { "content-type": "text/plain" }],
    ["a type that only begins as JSON", 415, "POST", `${PAGE}/act`, { "content-type": "application/json-seq" }],
    ["no type", 415, "PUT", `${PAGE}/act`, {}],
  ])("stays shut to %s, with %i", (_what, status, method, url, headers) => {
    expect(ask(method, url, headers)).toBe(status);
  });
});
