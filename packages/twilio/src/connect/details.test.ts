import { expect, it } from "vitest";
import { factsOf, firstFacts } from "./details.ts";

const known = { mode: "production", from: "+15550100001", accountSid: "AC12…cdef" } as const;

it.each([
  ["250 Customers/24hr", 250],
  ["1K Customers/24hr", 1000],
  ["100K Customers/24hr", 100_000],
  ["Unlimited", "unlimited"],
  ["As many as you like", undefined],
])("says of the limit %s how many people it is: %s", (messagingLimit, limit) => {
  expect(factsOf({ ...known, messagingLimit }).messagingLimit).toBe(limit);
});

it("has none of Twilio's words, and tells the admin's account and the sandbox from others", () => {
  expect(firstFacts({ ...known, qualityRating: "SPLENDID" })).toEqual({
    mode: "live",
    account: "AC12…cdef",
    given: { mode: "production", from: "+15550100001" },
    accountOrigin: "own",
  });
  expect(firstFacts({ ...known, mode: "sandbox", inherited: true, qualityRating: "LOW" })).toMatchObject({
    mode: "sandbox",
    accountOrigin: "admin",
    quality: "low",
  });
});
