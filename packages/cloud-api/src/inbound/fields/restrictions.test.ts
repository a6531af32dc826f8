import { describe, expect, it } from "vitest";
import { toldOf } from "../../testing/told-of.ts";

const health = (value: object): unknown => toldOf("account_update", value)[0]?.health;
const restriction = (...types: readonly string[]): object => ({
  event: "ACCOUNT_RESTRICTION",
  restriction_info: types.map((restriction_type, index) => ({ restriction_type, expiration: 1_750_500_000 + index })),
});
const violation = (violation_type: string, event = "ACCOUNT_RESTRICTION"): object => ({ event, violation_info: { violation_type } });

describe("restrictions", () => {
  it.each(["ACCOUNT_RESTRICTION", "ACCOUNT_VIOLATION"])("are lifted by a violation type that says so, in %s", (event) => {
    expect(health(violation("DIRECT_SEND_UTILITY_CATEGORY_ABUSE_UNBAN", event))).toEqual({ type: "unrestricted" });
    expect(health(violation("DIRECT_SEND_UTILITY_CATEGORY_ABUSE_RATE_LIMIT_RECOVERY", event))).toEqual({ type: "unrestricted" });
    expect(health(violation("SPAM_UNBAN", event))).toEqual({ type: "unrestricted" });
  });

  it.each(["ACCOUNT_RESTRICTION", "ACCOUNT_VIOLATION"])("do not begin with a warning, in %s", (event) => {
    expect(health(violation("DIRECT_SEND_UTILITY_CATEGORY_ABUSE_WARN", event))).toBeUndefined();
    expect(health(violation("DIRECT_SEND_UTILITY_TEMPLATE_ABUSE", event))).toBeUndefined();
    const warned = { ...restriction("RESTRICTED_BIZ_INITIATED_MESSAGING"), ...violation("SPAM_WARN", event) };
    expect(health(warned)).toBeUndefined();
  });

  it("mark the connection with what is restricted and until when, where the strike says it", () => {
    const strike = {
      ...restriction("RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES"),
      ...violation("DIRECT_SEND_UTILITY_CATEGORY_ABUSE_STRIKE_1"),
    };
    expect(health(strike)).toEqual({
      type: "restricted",
      reason: "restricted_direct_send_utility_templates",
      until: 1_750_500_000_000,
    });
  });

  it.each([
    "RESTRICTED_BIZ_INITIATED_AND_USER_INITIATED_CALLING",
    "RESTRICTED_BUSINESS_INITIATED_CALLING",
    "RESTRICTED_USER_INITIATED_CALLING",
    "RESTRICTED_USER_INITIATED_CALLING_CALL_BUTTON_HIDDEN",
  ])("of calls do not mark messaging: %s", (type) => {
    expect(health(restriction(type))).toBeUndefined();
    expect(health(restriction("RESTRICTED_BIZ_INITIATED_MESSAGING", type))).toEqual({
      type: "restricted",
      reason: "restricted_biz_initiated_messaging",
      until: 1_750_500_000_000,
    });
  });

  it.each(["LOW_USER_INITIATED_CALLING_QUALITY", "USER_INITIATED_CALLS_LOW_PICKUP_RATE"])(
    "of messaging are not lifted by what ends for calls: %s",
    (type) => {
      expect(health(violation(`${type}_UNBAN`))).toBeUndefined();
      expect(health(violation(type, "ACCOUNT_VIOLATION"))).toBeUndefined();
    },
  );

  it("that say nothing of what they are still mark the connection", () => {
    expect(health({ event: "ACCOUNT_RESTRICTION" })).toEqual({ type: "restricted", reason: "account_restriction" });
  });

  it("end with the account's return, as does the announcement that it will be closed", () => {
    expect(health({ event: "DISABLED_UPDATE", ban_info: { waba_ban_state: "REINSTATE" } })).toEqual({ type: "alive", unrestricted: true });
  });

  it("tell what they are about in the event, whether they begin, end or warn", () => {
    const value = (update: object): unknown => toldOf("account_update", update)[0]?.data;
    expect(value(violation("SPAM_WARN"))).toMatchObject({ change: "account_restriction", value: "SPAM_WARN" });
    expect(value(restriction("RESTRICTED_USER_INITIATED_CALLING"))).toMatchObject({ value: "restricted_user_initiated_calling" });
  });
});
