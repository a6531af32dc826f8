import { describe, expect, it } from "vitest";
import { en } from "./en/en.ts";
import { es } from "./es/es.ts";
import { pt } from "./pt/pt.ts";
import { laterWords, withChanges } from "./with-changes.ts";

describe("words of a host's own", () => {
  it("stand in the place of ours, however deep, and leave the others", () => {
    const words = withChanges({ list: { primary: "Main" }, states: { reasons: { unlinked: "Gone." } }, pairing: { keep: ["One."] } }, en);
    expect([words.list.primary, words.states.reasons.unlinked, words.pairing.keep]).toEqual(["Main", "Gone.", ["One."]]);
    expect([words.list.rename, words.states.reasons.banned]).toEqual([en.list.rename, en.states.reasons.banned]);
    expect(en.list.primary).toBe("Primary");
  });

  it("may be functions, and are left alone where they are nothing", () => {
    const words = withChanges({ list: { showMore: (count) => `+${count}` } }, en);
    expect([words.list.showMore(5), words.list.showing(1, 1000)]).toEqual(["+5", "Showing 1 of 1,000"]);
  });
});

describe("words of rooms that come later", () => {
  it("stand beside those before them, with what replaces some", () => {
    const { frame, pairing } = en;
    const words = laterWords({ pairing });
    const changed = words({ frame }, { pairing: { keep: ["One."] }, frame: { cancel: "No" } });
    expect([Object.keys(changed), changed.pairing.keep, changed.pairing.newQr, changed.frame.cancel]).toEqual([
      ["frame", "pairing"],
      ["One."],
      pairing.newQr,
      frame.cancel,
    ]);
    expect(words({ frame }, {}).pairing.keep).toEqual(pairing.keep);
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

/** Each text of a room by its name; a function by nothing but that it is one. */
function textsOf(words: object, before = ""): readonly (readonly [string, unknown])[] {
  return Object.entries(words).flatMap(([name, value]: readonly [string, unknown]) =>
    typeof value === "object" && value !== null ? textsOf(value, `${before}${name}.`) : [[before + name, value] as const],
  );
}

describe.each([
  ["Portuguese", pt],
  ["Spanish", es],
])("%s words", (_language, words) => {
  it("are as many as the English ones, none of them empty, and hardly any left in English", () => {
    const [ours, english] = [textsOf(words), new Map(textsOf(en))];
    expect(ours.map(([name]) => name).toSorted()).toEqual([...english.keys()].toSorted());
    expect(ours.filter(([, text]) => text === "")).toEqual([]);
    const same = ours.filter(([name, text]) => typeof text === "string" && text === english.get(name)).map(([, text]) => text);
    expect(new Set(same)).toEqual(
      new Set(["Twilio", "Token", "Sandbox", "Account SID", "App ID", "Auth Token", "PIN", "WhatsApp Cloud API (Meta)", "Workspace"]),
    );
  });

  it("count one and many", () => {
    expect(words.list.newOnes(1)).not.toBe(words.list.newOnes(2).replace("2", "1"));
    expect(words.list.showing(50, 5214)).toMatch(/5\.?214/);
  });
});
