import { describe, expect, it } from "vitest";
import { refusalReport } from "../refusal-report.ts";
import { readObject } from "./read-object.ts";
import { retryAfterOf } from "./retry-after.ts";
import { codeOfStatus, errorRow, vendorError } from "./vendor-error.ts";

describe("a vendor's refusal", () => {
  it("is our code with the fix and the vendor's words, in which secrets are covered", () => {
    const row = errorRow("credentials_rejected", "paste the key again", 1000);
    const error = vendorError({ vendor: "parrot", code: "bad_key", message: "no key pk-1234, not abc" }, row, {
      secrets: ["pk-1234", "abc"],
    });
    expect(error.toJSON()).toEqual({
      code: "credentials_rejected",
      remedy: "reconnect",
      message: "the provider rejected the credentials; check them and give them again (paste the key again; no key [secret], not abc)",
      vendor: { vendor: "parrot", code: "bad_key", message: "no key [secret], not abc" },
      retryAfterMs: 1000,
    });
  });

  it("waits as long as the answer says rather than the table", () => {
    expect(vendorError({ vendor: "parrot" }, errorRow("rate_limited", undefined, 1000), { retryAfterMs: 7000 }).retryAfterMs).toBe(7000);
    expect(vendorError({ vendor: "parrot" }, errorRow("rate_limited")).toJSON()).not.toHaveProperty("retryAfterMs");
  });

  it("without a row goes by its status", () => {
    const codes = ["provider_refused", "provider_refused", "credentials_rejected", "rate_limited", "provider_unavailable"];
    expect([undefined, 400, 401, 429, 503].map(codeOfStatus)).toEqual(codes);
  });

  it("fails the connection that was checked when it is about the connection, and else is thrown", () => {
    const stamp = { at: 1, epoch: 7 };
    const refused = vendorError({ vendor: "parrot" }, errorRow("credentials_rejected"));
    expect(refusalReport(refused, stamp)).toEqual({ signals: [{ ...stamp, type: "failed", code: "credentials_rejected" }] });
    const away = vendorError({ vendor: "parrot" }, errorRow("provider_unavailable"));
    expect(() => refusalReport(away, stamp)).toThrow(away);
    expect(() => refusalReport(new TypeError("a fault of ours"), stamp)).toThrow(TypeError);
  });
});

it("reads the wait that a vendor names in seconds", () => {
  const waitOf = (text: string): number | undefined => retryAfterOf(new Headers({ "retry-after": text }));
  expect([waitOf("7"), waitOf("0.0005"), waitOf("0")]).toEqual([7000, 1, 0]);
  // a timer that is given more goes off at once
  expect(waitOf("1e300")).toBe(2_147_483_647);
  for (const text of ["", "-1", "Wed, 21 Oct 2026 07:28:00 GMT"]) expect(waitOf(text)).toBeUndefined();
  expect(retryAfterOf(new Headers())).toBeUndefined();
});

it("reads an object, and nothing else that came in its place", () => {
  expect(readObject('{"id":1}')).toEqual({ id: 1 });
  for (const text of ["", "<html>", "[1]", "null", '{"id":']) expect(readObject(text)).toBeUndefined();
});
