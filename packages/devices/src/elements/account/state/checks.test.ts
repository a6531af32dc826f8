import { describe, expect, it } from "vitest";
import { checksOf, orderOf, passedOf } from "./checks.ts";

const shown = (...given: Parameters<typeof checksOf>): readonly string[] => checksOf(...given).map(({ name, state }) => `${name} ${state}`);

describe("the checks of what was typed", () => {
  it("stand in the channel's order before they begin, with those that an input brings", () => {
    expect(shown(orderOf("twilio", { mode: "production" }), [])).toEqual(["account waiting", "sender waiting"]);
    expect(orderOf("twilio", { mode: "sandbox" })).toEqual(["account"]);
    expect(orderOf("cloud-api", { appId: "1", override: true, businessId: "2" })).toEqual([
      "app",
      "access_token",
      "phone_number",
      "number_details",
      "webhooks",
      "callback",
    ]);
    expect(orderOf("echo", {})).toEqual([]);
  });

  it("have the newest word of each, and those that no order knows come as they are told", () => {
    const told = [
      { name: "account", state: "running" },
      { name: "account", state: "passed" },
      { name: "stamp", state: "running", detail: "Stamping" },
    ] as const;
    const rows = checksOf(["account", "sender"], told);
    expect(rows).toEqual([
      { name: "account", state: "passed" },
      { name: "stamp", state: "running", detail: "Stamping" },
    ]);
    expect(passedOf(rows)).toEqual({ passed: 1, of: 2 });
  });

  it("end with the one that failed, and those behind it are not checked", () => {
    expect(shown(["a", "b", "c"], [{ name: "a", state: "failed" }], true)).toEqual(["a failed", "b skipped", "c skipped"]);
    expect(shown(["a", "b"], [{ name: "a", state: "running" }], true)).toEqual(["a failed", "b skipped"]);
  });
});
