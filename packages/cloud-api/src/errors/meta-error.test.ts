import { ERROR_TABLE } from "@wadesk/core";
import { describe, expect, it } from "vitest";
import { META_ERRORS } from "./error-codes.ts";
import { readMetaError, toWadeskError } from "./meta-error.ts";

const NAMED = [
  0, 3, 4, 10, 33, 100, 102, 190, 200, 368, 613, 1026, 80007, 80008, 130429, 130472, 130497, 131000, 131005, 131008, 131009, 131014, 131016,
  131020, 131021, 131026, 131031, 131036, 131037, 131041, 131042, 131044, 131045, 131047, 131048, 131049, 131051, 131052, 131053, 131055,
  131056, 131057, 131059, 131060, 131062, 131063, 131064, 131201, 131202, 131204, 131207, 131208, 131209, 131210, 131211, 131212, 131213,
  131214, 131215, 132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132018, 132068, 132069, 133000, 133004, 133005, 133006,
  133008, 133009, 133010, 133015, 133016, 134011, 134100, 134101, 134102, 135000, 137000, 138000, 138001, 138002, 138003, 138004, 138005,
  138006, 138007, 138009, 138012, 138013, 138014, 138017, 138018, 139000, 139001, 139002, 139003, 139004, 139100, 139101, 139102, 139103,
  2388001, 2494100, 2593107, 2593108, 2593109,
];
// Meta says to wait and not how long, or says it in the details alone
const UNTIMED = ["131064", "131208", "138002", "138005", "138012"];

describe("Meta's error codes", () => {
  it.each(NAMED)("have a row for %i", (code) => {
    expect(META_ERRORS.has(`${code}`)).toBe(true);
  });

  it("name no code of ours that does not exist, and a wait wherever ours says wait", () => {
    for (const [number, { code, retryAfterMs }] of META_ERRORS) {
      expect(Object.keys(ERROR_TABLE)).toContain(code);
      if (UNTIMED.includes(number)) expect(retryAfterMs).toBeUndefined();
      else if (code.endsWith("rate_limited") || code === "spam_limited") expect(retryAfterMs).toBeGreaterThan(0);
    }
  });

  it.each<[number, number | undefined, string]>([
    [190, 463, "token_expired"],
    [190, 460, "token_expired"],
    [190, 467, "token_expired"],
    [190, undefined, "token_expired"],
    [100, 33, "number_mismatch"],
    [100, undefined, "provider_refused"],
    [299, undefined, "scope_missing"],
    [131047, undefined, "window_closed"],
    [131026, undefined, "recipient_unreachable"],
    [131056, undefined, "pair_rate_limited"],
    [132000, undefined, "template_invalid"],
    [131053, undefined, "media_invalid"],
    [131014, undefined, "media_invalid"],
    [131036, undefined, "recipient_unreachable"],
    [131020, undefined, "recipient_unreachable"],
    [131044, undefined, "payment_required"],
    [132008, undefined, "template_invalid"],
    [1026, undefined, "recipient_unreachable"],
    [138006, undefined, "recipient_opted_out"],
    [2494100, undefined, "provider_unavailable"],
  ])("read %i/%s as %s", (code, subcode, ours) => {
    expect(toWadeskError(readMetaError({ code, ...(subcode !== undefined && { error_subcode: subcode }) })).code).toBe(ours);
  });

  it("tell one subcode of 190 from the other in the text", () => {
    const text = (subcode: number): string => toWadeskError({ code: 190, subcode }).message;
    expect(text(460)).toContain("password");
    expect(text(463)).toContain("expired");
    expect(text(467)).toContain("revoked");
  });
});

describe("an error of Meta's", () => {
  it("keeps Meta's numbers, trace and words, and says what to do", () => {
    const error = toWadeskError(
      readMetaError({
        code: "132012",
        message: "(#132012) Parameter format does not match",
        error_data: { details: "header: Format mismatch, expected IMAGE" },
        fbtrace_id: "Abc",
      }),
    );
    expect(error.toJSON()).toEqual({
      code: "template_invalid",
      remedy: "change-request",
      message: expect.stringMatching(
        /parameters do not match.*another format than the template's; header: Format mismatch, expected IMAGE/,
      ),
      vendor: { vendor: "meta", code: 132012, traceId: "Abc", message: "header: Format mismatch, expected IMAGE" },
    });
  });

  it.each<[number, string, number | undefined]>([
    [133008, "Too many guesses. Please try again after 600 seconds.", 600_000],
    [133009, "PIN entered too fast: try again in 2 minutes", 120_000],
    [133008, "You guessed 5 times in 10 minutes. Wait 1 hour and 30 minutes, then retry.", 5_400_000],
    [133008, "You may guess again in 12 hours", 43_200_000],
    [133008, "12 hours must pass first", 43_200_000],
    [133009, "Try again in a minute", 60_000],
    [133008, "Try again later", undefined],
    [133008, "Try again in 99999999999999999999 hours", undefined],
    [131047, "more than 24 hours have passed since the customer last replied to this number", undefined],
  ])("reads the wait that Meta leaves to the details of %i: %s", (code, details, wait) => {
    expect(toWadeskError(readMetaError({ code, message: "no", error_data: { details } })).retryAfterMs).toBe(wait);
  });

  it("invents no wait where Meta leaves it to details that are not there", () => {
    for (const code of [133008, 133009]) expect(toWadeskError({ code }).retryAfterMs).toBeUndefined();
    expect(toWadeskError({ code: 133008 }, { retryAfterMs: 7000 }).retryAfterMs).toBe(7000);
  });

  it("prefers the wait that the answer names to the table's", () => {
    expect(toWadeskError({ code: 131056 }).retryAfterMs).toBe(6000);
    expect(toWadeskError({ code: 131056 }, { retryAfterMs: 60_000 }).retryAfterMs).toBe(60_000);
  });

  it("falls back on the HTTP status, and on what Meta calls transient", () => {
    expect(toWadeskError({ code: 999_999, httpStatus: 400 }).code).toBe("provider_refused");
    expect(toWadeskError({ code: 999_999, httpStatus: 429 }).code).toBe("rate_limited");
    expect(toWadeskError({ code: 999_999, httpStatus: 401 }).code).toBe("credentials_rejected");
    expect(toWadeskError({ code: 999_999, httpStatus: 503 }).code).toBe("provider_unavailable");
    expect(toWadeskError({ code: 999_999, httpStatus: 400, transient: true }).code).toBe("provider_unavailable");
    expect(toWadeskError({}).code).toBe("provider_refused");
  });

  it("never repeats a token that Meta repeats", () => {
    const error = toWadeskError({ code: 190, message: "Malformed access token EAAGabcdefgh12345 or t0k3n" }, { secrets: ["t0k3n"] });
    expect(JSON.stringify(error)).not.toMatch(/EAAG|t0k3n/);
    expect(error.message).toContain("Malformed access token [secret] or [secret]");
  });
});
