import { describe, expect, it } from "vitest";
import { nearestName, unknownName } from "./nearest-name.ts";

const FIELDS = ["phoneNumberId", "wabaId", "accessToken", "businessId"];

describe("the nearest name", () => {
  it.each([
    ["accesToken", "accessToken"],
    ["acessToken", "accessToken"],
    ["accsesToken", "accessToken"],
    ["access_token", "accessToken"],
    ["AccessToken", "accessToken"],
    ["wabaID", "wabaId"],
    ["wabId", "wabaId"],
    ["phoneNumber_id", "phoneNumberId"],
    ["token", "accessToken"],
    ["surplus", undefined],
    ["id", undefined],
    ["", undefined],
    ["a".repeat(65), undefined],
  ])("of %s is %s", (given, nearest) => {
    expect(nearestName(given, FIELDS)).toBe(nearest);
  });

  it("costs little, however long what is given and however many names there are", () => {
    const names = Array.from({ length: 100 }, (_, index) => `name${index}`.padEnd(60, "x"));
    const took = (length: number): number => {
      const before = performance.now();
      nearestName("y".repeat(length), names);
      return performance.now() - before;
    };
    took(64);
    const reference = took(64);
    expect(took(1_000_000)).toBeLessThan(20 * reference + 500);
  });

  it("stands beside the unknown one, which is not repeated where it may be a secret", () => {
    expect(unknownName("accesToken", FIELDS, "a field")).toBe("accesToken is not a field; did you mean accessToken?");
    expect(unknownName("surplus", FIELDS, "a field")).toBe(
      "surplus is not a field; there is phoneNumberId, wabaId, accessToken, businessId",
    );
    for (const secret of [`EAA${"x".repeat(60)}`, "a b", "a/b=", "\0", "0f3c".repeat(8), `content.${"0F3C".repeat(8)}`]) {
      expect(unknownName(secret, FIELDS, "a field")).toMatch(/^a name that cannot be shown is not a field/);
    }
  });
});
