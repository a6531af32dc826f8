import { ERROR_TABLE } from "@wadesk/core";
import { describe, expect, it } from "vitest";
import { TWILIO_ERRORS } from "./error-codes.ts";
import { readTwilioError, toWadeskError } from "./twilio-error.ts";

const codeOf = (code: number, httpStatus?: number): string => toWadeskError({ code, ...(httpStatus !== undefined && { httpStatus }) }).code;

describe("Twilio's error codes", () => {
  it("name no code of ours that does not exist, and a wait wherever ours says wait", () => {
    for (const { code, retryAfterMs } of TWILIO_ERRORS.values()) {
      expect(Object.keys(ERROR_TABLE)).toContain(code);
      if (code === "rate_limited" || code === "marketing_limited") expect(retryAfterMs).toBeGreaterThan(0);
    }
  });

  it.each([
    [20003, "credentials_rejected"],
    [20429, "rate_limited"],
    [20500, "provider_unavailable"],
    [21211, "recipient_invalid"],
    [21610, "recipient_opted_out"],
    [21617, "content_invalid"],
    [21619, "content_invalid"],
    [21655, "template_not_found"],
    [21656, "template_invalid"],
    [21910, "recipient_invalid"],
    [63003, "recipient_unreachable"],
    [63005, "content_invalid"],
    [63007, "number_mismatch"],
    [63015, "recipient_not_allowed"],
    [63016, "window_closed"],
    [63018, "rate_limited"],
    [63019, "media_invalid"],
    [63024, "recipient_unreachable"],
    [63032, "recipient_opted_out"],
    [63041, "template_paused"],
    [63042, "template_disabled"],
  ])("read %i as %s", (code, ours) => {
    expect(codeOf(code)).toBe(ours);
  });

  it("say what to do: join the sandbox, check From, send a template, wait", () => {
    expect(toWadeskError({ code: 63015 }).message).toMatch(/must first join the sandbox/);
    expect(toWadeskError({ code: 63007 }).message).toMatch(/the From number is no WhatsApp sender/);
    expect(toWadeskError({ code: 63016 }).message).toMatch(/send a template/);
    expect(toWadeskError({ code: 20429 })).toMatchObject({ remedy: "wait", retryAfterMs: 1000 });
    expect(toWadeskError({ code: 20429 }, { retryAfterMs: 7000 }).retryAfterMs).toBe(7000);
  });
});

describe("an error of Twilio's", () => {
  it("keeps Twilio's number, request and words, without any secret", () => {
    const error = toWadeskError(
      { code: 20003, message: "Authenticate t0k3n", traceId: "RQ1", httpStatus: 401 },
      { secrets: ["t0k3n", ""] },
    );
    expect(error.toJSON()).toMatchObject({
      code: "credentials_rejected",
      vendor: { vendor: "twilio", code: 20003, traceId: "RQ1", message: "Authenticate [secret]" },
    });
    expect(error.message).toContain("Authenticate [secret]");
  });

  it("falls back on the HTTP status, and in a callback on a refusal", () => {
    expect([401, 429, 500, 400].map((status) => codeOf(1, status))).toEqual([
      "credentials_rejected",
      "rate_limited",
      "provider_unavailable",
      "provider_refused",
    ]);
    expect(codeOf(1)).toBe("provider_refused");
  });

  it("is read from texts and numbers, where 0 and blank say nothing", () => {
    expect(readTwilioError("63016", " x ")).toEqual({ code: 63016, message: "x" });
    expect(readTwilioError(63016, undefined)).toEqual({ code: 63016 });
    for (const nothing of ["0", "", "abc", undefined, Number.NaN, {}]) expect(readTwilioError(nothing, " ")).toEqual({});
  });
});
