import { describe, expect, it } from "vitest";
import { factsOf, firstFacts } from "./facts.ts";

const known = { phoneNumberId: "1", wabaId: "102290129340398" };

describe("what a card shows", () => {
  it.each([
    ["GREEN", "high"],
    ["YELLOW", "medium"],
    ["RED", "low"],
    ["UNKNOWN", "unrated"],
    ["TURQUOISE", undefined],
    [undefined, undefined],
  ])("says of the quality %s in our words: %s", (qualityRating, quality) => {
    expect(factsOf({ ...known, ...(qualityRating !== undefined && { qualityRating }) }).quality).toBe(quality);
  });

  it.each([
    ["TIER_250", 250],
    ["TIER_1K", 1000],
    ["TIER_2K", 2000],
    ["TIER_100K", 100_000],
    ["TIER_UNLIMITED", "unlimited"],
    ["TIER_NOT_SET", undefined],
  ])("says of the limit %s how many people it is: %s", (messagingLimit, limit) => {
    expect(factsOf({ ...known, messagingLimit }).messagingLimit).toBe(limit);
  });

  it("has none of Meta's words, masks the account, and leaves out what is not known", () => {
    const details = { ...known, qualityRating: "TURQUOISE", messagingLimit: "TIER_X", accountMode: "DREAM", tokenExpiresAt: 7 };
    expect(firstFacts(details)).toEqual({
      tokenExpiresAt: 7,
      account: "1022…0398",
      given: { phoneNumberId: known.phoneNumberId, wabaId: known.wabaId },
      accountOrigin: "own",
    });
    expect(firstFacts({ ...known, ownApp: true, appId: "12" }).given).toMatchObject({ appId: "12" });
    expect(firstFacts({ ...known, accountMode: "SANDBOX" })).toMatchObject({ tokenExpiresAt: "never", mode: "sandbox" });
  });
});
