import { ERROR_TABLE } from "@wadesk/core";
import { describe, expect, it } from "vitest";
import { TWILIO_ERRORS } from "./error-codes.ts";
import { readTwilioError, toWadeskError } from "./twilio-error.ts";

const rows = (ours: string, ...codes: readonly number[]): [number, string][] => codes.map((code) => [code, ours]);
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
    // twilio.com/docs/api/errors, by what is to be done about each
    ...rows("credentials_rejected", 20003, 20008),
    ...rows("scope_missing", 20006),
    ...rows("locked", 10001, 20005, 90010, 30002, 63051),
    ...rows("banned", 63112),
    ...rows("provider_refused", 20001, 20404, 20422, 21408, 21609, 21701, 21703, 21704, 21705, 63001, 63008),
    ...rows("recipient_invalid", 21211, 21604, 21614, 63031),
    ...rows("number_mismatch", 21212, 21601, 21603, 21606, 21660, 63002),
    ...rows("recipient_not_allowed", 21608),
    ...rows("content_invalid", 21624, 30007, 35111, 35114, 35118, 63006, 63013, 63021, 63026, 63030, 63039),
    ...rows("media_invalid", 21620, 21623, 63025, 63034, 63043, 63044, 63045, 63047),
    ...rows("template_invalid", 21654, 21658, 63028),
    ...rows("template_not_found", 63027, 63040),
    ...rows("rate_limited", 30001, 35125, 63017, 63038),
    ...rows("provider_unavailable", 30008, 63009, 63010, 63011, 63012, 63023, 63037),
    ...rows("recipient_opted_out", 63014, 63033, 63050),
    ...rows("marketing_limited", 63049),
    ...rows("number_not_registered", 63020, 63022),
    ...rows("provider_refused", 11205, 11215, 12100, 12200, 63100, 63101, 63111, 63113, 63116),
  ])("read %i as %s", (code, ours) => {
    expect(TWILIO_ERRORS.has(code)).toBe(true);
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
