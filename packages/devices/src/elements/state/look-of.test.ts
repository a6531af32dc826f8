import { describe, expect, it } from "vitest";
import type { WireConnection } from "../../wire/connection.ts";
import { en } from "../labels/en/en.ts";
import { bannersOf } from "./banners.ts";
import { failureOf, lookOf, whyOf } from "./look-of.ts";

const of = (state: WireConnection["status"]["state"], reason?: string, changes: Partial<WireConnection> = {}): WireConnection => ({
  id: `${state}-${reason}`,
  channel: "unofficial",
  label: "Sales",
  primary: false,
  status: { state, ...(reason !== undefined && { reason }), since: 0 },
  warnings: [],
  createdAt: 0,
  version: 1,
  ...changes,
});

describe("how a connection looks", () => {
  it.each([
    ["connected", undefined, "connected", undefined],
    ["pending", "awaiting_scan", "pending", "open"],
    ["pending", "passkey_required", "pending", "open"],
    ["pending", "syncing", "pending", "open"],
    ["pending", "needs_repair", "repair", "pairAgain"],
    ["disconnected", "unlinked", "disconnected", "pairAgain"],
    ["disconnected", "replaced", "disconnected", "connectAgain"],
    ["disconnected", "silent", "disconnected", "checkNow"],
    ["disconnected", "requested", "disconnected", "pairAgain"],
    ["failed", "banned", "failed", "checkNow"],
    ["failed", "client_outdated", "failed", undefined],
    ["failed", "bridge_unreachable", "failed", "checkNow"],
  ] as const)("%s for %s reads %s, and offers %s", (state, reason, chip, remedy) => {
    expect(lookOf(of(state, reason), true)).toMatchObject({ chip, ...(remedy && { remedy }) });
    expect(lookOf(of(state, reason), true).remedy).toBe(remedy);
  });

  it("is one that waits for its phone again where it has worked before, whatever it waits for", () => {
    expect(lookOf(of("pending", "awaiting_scan", { connectedAt: 1 }), true)).toMatchObject({ chip: "repair", remedy: "pairAgain" });
    expect(lookOf(of("pending", "syncing", { connectedAt: 1 }), true)).toMatchObject({ chip: "pending", remedy: "open" });
  });

  it("offers credentials where no phone is linked, and what is advised for a reason that nobody knows", () => {
    expect(lookOf(of("disconnected", "requested"), false).remedy).toBe("reconnect");
    expect(lookOf(of("failed", "number_mismatch"), false).remedy).toBe("reconnect");
    expect(lookOf(of("failed", "new_reason", { advice: { text: "", remedy: "retry" } }), false).remedy).toBe("checkNow");
    expect(lookOf(of("failed", "new_reason"), false).remedy).toBeUndefined();
  });

  it("has a sentence for each reason, a channel's own where there is one, and the advice's for one that is new", () => {
    expect(whyOf(of("connected"), en.states)).toBeUndefined();
    expect(whyOf(of("failed", "credentials_rejected", { channel: "twilio" }), en.states)).toMatch(/^Twilio rejected/);
    expect(whyOf(of("failed", "number_mismatch", { channel: "cloud-api" }), en.states)).toMatch(/WABA/);
    expect(whyOf(of("failed", "new_reason", { advice: { text: "the moon is full; wait", remedy: "wait" } }), en.states)).toBe(
      "The moon is full; wait.",
    );
  });

  it("says why something could not be done in the words of its states, and in the server's where they lack the code", () => {
    const failure = { code: "bridge_unreachable", remedy: "retry", message: "the bridge did not answer" } as const;
    expect(failureOf({ channel: "unofficial" }, failure, en.states)).toBe(
      "The helper service does not answer. Ask your admin to check it.",
    );
    expect(failureOf({ channel: "unofficial" }, { ...failure, code: "new_code" }, en.states)).toBe("The bridge did not answer.");
  });
});

describe("the banners", () => {
  it("are of the worst first, and a warning of an unseen phone can be put away", () => {
    const unseen = of("connected", undefined, { id: "u", warnings: [{ code: "phone_unseen", values: { by: 9, seenAt: 1 }, text: "" }] });
    const limited = of("connected", undefined, {
      id: "r",
      status: { state: "connected", since: 0, restriction: { reason: "x", until: 5 } },
    });
    const all = [of("connected"), unseen, limited, of("failed", "temporarily_banned"), of("failed", "locked"), of("failed", "banned")];
    expect(bannersOf(all, new Set()).map(({ warning }) => warning)).toEqual(["banned", "locked", "blocked", "restricted", "unseen"]);
    expect(bannersOf(all, new Set(["u"])).map(({ warning }) => warning)).not.toContain("unseen");
  });
});
