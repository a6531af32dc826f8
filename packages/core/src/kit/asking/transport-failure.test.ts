import { describe, expect, it } from "vitest";
import { leavesOpen, lostError } from "./transport-failure.ts";

const broken = (code: string, syscall?: string): Error =>
  new TypeError("fetch failed", { cause: Object.assign(new Error("Bearer a-token"), { code, ...(syscall && { syscall }) }) });

describe("a request without an answer", () => {
  it.each([
    ["nobody took the connection", broken("ECONNREFUSED"), "provider_unavailable"],
    ["the network was away while connecting", broken("EHOSTUNREACH", "connect"), "provider_unavailable"],
    ["the network went away while the connection stood", broken("EHOSTUNREACH", "read"), "outcome_unknown"],
    ["the connection broke off", broken("ECONNRESET", "read"), "outcome_unknown"],
    ["no answer came in time", new DOMException("no answer in time", "TimeoutError"), "outcome_unknown"],
    ["something else was thrown", "a text", "outcome_unknown"],
  ])("says whether it left: %s", (_what, error, code) => {
    expect(lostError("parrot", error, "outcome_unknown").code).toBe(code);
  });

  it("says why, and nothing of the request", () => {
    const error = lostError("parrot", broken("ECONNRESET"), "outcome_unknown");
    expect(error.toJSON()).toMatchObject({ message: expect.stringContaining("(ECONNRESET)"), vendor: { vendor: "parrot" } });
    expect(JSON.stringify([error, String(error.cause)])).not.toContain("a-token");
  });
});

it("an answer that is not the vendor's own leaves open what was done with 408 and 5xx alone", () => {
  expect([200, 302, 404, 408, 429, 500, 503].filter(leavesOpen)).toEqual([408, 500, 503]);
});
