import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { ERROR_TABLE } from "./error-table.ts";
import { isWadeskError, WadeskError } from "./wadesk-error.ts";

describe("WadeskError", () => {
  it("says what happened and what to do, and adds the detail", () => {
    const error = new WadeskError("window_closed", { detail: "template hello_world would do" });
    expect(error.message).toBe(`${ERROR_TABLE.window_closed.text} (template hello_world would do)`);
    expect(error).toMatchObject({ code: "window_closed", remedy: "change-request", httpStatus: 409 });
  });

  it("is known by its mark across two copies of the package", () => {
    const stranger = Object.assign(new Error("x"), { [Symbol.for("wadesk.error")]: true, code: "rate_limited" });
    expect(isWadeskError(stranger, "rate_limited")).toBe(true);
    expect(isWadeskError(new Error("x"))).toBe(false);
    expect(isWadeskError(undefined)).toBe(false);
  });

  it("becomes data without its cause", () => {
    const error = new WadeskError("provider_refused", { cause: new Error("with Bearer EAAsecret"), vendor: { vendor: "meta", code: 100 } });
    expect(JSON.stringify(error)).not.toContain("EAAsecret");
    expect(error.toJSON()).toEqual({
      code: "provider_refused",
      remedy: "change-request",
      message: ERROR_TABLE.provider_refused.text,
      vendor: { vendor: "meta", code: 100 },
    });
    expect(inspect(error)).toContain("provider_refused");
  });

  it.each(Object.entries(ERROR_TABLE))("%s has a text for a person and a fitting HTTP status", (_code, { text, httpStatus }) => {
    expect(text.length).toBeGreaterThan(15);
    expect(httpStatus).toBeGreaterThanOrEqual(400);
    expect(httpStatus).toBeLessThan(600);
  });
});
