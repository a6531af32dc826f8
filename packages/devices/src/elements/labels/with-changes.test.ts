import { describe, expect, it } from "vitest";
import { en } from "./en/en.ts";
import { withChanges } from "./with-changes.ts";

describe("words of a host's own", () => {
  it("stand in the place of ours, however deep, and leave the others", () => {
    const words = withChanges({ list: { primary: "Main" }, states: { reasons: { unlinked: "Gone." } }, pairing: { keep: ["One."] } });
    expect([words.list.primary, words.states.reasons.unlinked, words.pairing.keep]).toEqual(["Main", "Gone.", ["One."]]);
    expect([words.list.rename, words.states.reasons.banned]).toEqual([en.list.rename, en.states.reasons.banned]);
    expect(en.list.primary).toBe("Primary");
  });

  it("may be functions, and are left alone where they are nothing", () => {
    const words = withChanges({ list: { showMore: (count) => `+${count}` } });
    expect([words.list.showMore(5), words.list.showing(1, 1000)]).toEqual(["+5", "Showing 1 of 1,000"]);
  });
});

describe("English words", () => {
  it("count as English does", () => {
    expect([en.list.newOnes(1), en.list.newOnes(3), en.list.disconnectedNow(2)]).toEqual([
      "1 new device.",
      "3 new devices.",
      "2 devices disconnected",
    ]);
    expect(en.list.nothing("failed", "Portugal")).toBe("No failed devices in Portugal");
    expect(en.pairing.codeName("XK4P7M2Q")).toBe("Pairing code: X K 4 P, 7 M 2 Q");
  });
});
