import { describe, expect, it } from "vitest";
import { pageDoor } from "./page-door.ts";

const door = pageDoor("s3cret");
const ask = (url: string, headers: Record<string, string> = {}) => door.open(new Request(url, { headers }));

describe("the door of the page", () => {
  it("opens to whoever was told its address", () => {
    expect(ask("http://127.0.0.1:4000/s3cret/world")).toBe("/world");
    expect(ask("http://localhost:4000/s3cret/", { "sec-fetch-site": "none" })).toBe("/");
    expect(ask("http://127.0.0.1:4000/s3cret/act", { origin: "http://127.0.0.1:4000", "sec-fetch-site": "same-origin" })).toBe("/act");
  });

  it.each([
    ["has no secret", "http://127.0.0.1:4000/world", {}],
    ["has another secret", "http://127.0.0.1:4000/s3creT/world", {}],
    ["has a longer secret", "http://127.0.0.1:4000/s3cret1/world", {}],
    ["calls it by a name of its own that leads here", "http://rebound.example:4000/s3cret/world", {}],
    ["comes from another website", "http://127.0.0.1:4000/s3cret/act", { origin: "https://evil.example" }],
    ["comes from another port of this computer", "http://127.0.0.1:4000/s3cret/act", { origin: "http://127.0.0.1:5000" }],
    ["comes from a page without an origin", "http://127.0.0.1:4000/s3cret/act", { origin: "null" }],
    ["was begun by another website", "http://127.0.0.1:4000/s3cret/", { "sec-fetch-site": "cross-site" }],
    ["was begun by another port of this computer", "http://127.0.0.1:4000/s3cret/", { "sec-fetch-site": "same-site" }],
  ])("stays shut when the request %s", (_why, url, headers) => {
    expect(ask(url, headers)).toBeUndefined();
  });
});
