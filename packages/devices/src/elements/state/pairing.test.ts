import { describe, expect, it } from "vitest";
import type { WireConnection } from "../../wire/connection.ts";
import type { WireLink, WireStep } from "../../wire/link.ts";
import { EMPTY_FORM, type Pairing, type PairingEvent, reducePairing } from "./pairing.ts";
import { phoneProblem } from "./phone-problem.ts";

const fold = (events: readonly PairingEvent[], state: Pairing = { kind: "start", form: EMPTY_FORM }): Pairing =>
  events.reduce(reducePairing, state);
const qr: WireStep = { type: "qr", expiresAt: 20_000, path: "M0 0", size: 45 };
const syncing: WireStep = { type: "step", step: "syncing", percent: 40 };
const asked: PairingEvent = { type: "asked", method: "qr" };
const link = (changes: Partial<WireLink>): PairingEvent => ({
  type: "linked",
  link: { connectionId: "con_1", state: "running", steps: [], ...changes },
});
const failed = (code: string): PairingEvent => link({ state: "failed", failure: { code, remedy: "none", message: code } });
const connection: WireConnection = {
  id: "con_1",
  channel: "unofficial",
  label: "Sales",
  phone: "+15550001111",
  primary: false,
  status: { state: "connected", since: 0 },
  warnings: [],
  createdAt: 0,
  version: 1,
};

describe("adding a device", () => {
  it("goes from the form to the QR, the history and the end", () => {
    const typed = fold([
      { type: "typed", part: "phone", value: "+1 555 000 1111" },
      { type: "typed", part: "label", value: "Sales" },
    ]);
    const running = fold([asked, link({ steps: [qr] })], typed);
    expect(running).toMatchObject({ kind: "running", id: "con_1", step: qr, form: { phone: "+1 555 000 1111", label: "Sales" } });
    const history = fold([{ type: "stepped", connectionId: "con_1", step: syncing }], running);
    expect(history).toMatchObject({ kind: "running", step: syncing });
    expect(fold([link({ state: "connected", connection })], history)).toMatchObject({ kind: "ready", connection });
  });

  it("shows no step of somebody else's attempt, nor of one that was given up", () => {
    const other: PairingEvent = { type: "stepped", connectionId: "con_2", step: qr };
    expect(fold([asked, other])).toMatchObject({ kind: "asking" });
    expect(fold([asked, link({ steps: [qr] }), { type: "stepped", connectionId: "con_2", step: syncing }])).toMatchObject({ step: qr });
    expect(fold([asked, link({ steps: [qr] }), asked, { type: "stepped", connectionId: "con_1", step: syncing }])).toMatchObject({
      kind: "asking",
    });
    expect(fold([asked, link({ steps: [qr] }), { type: "opened", form: EMPTY_FORM }, failed("pair_failed")])).toMatchObject({
      kind: "start",
    });
  });

  it("says at the field what is wrong with the number, and in words of its own what else there is", () => {
    const refused = (failure: Extract<PairingEvent, { type: "refused" }>["failure"]): Pairing =>
      fold([asked, { type: "refused", failure }]);
    expect(refused({ code: "number_in_use", remedy: "none", message: "" })).toMatchObject({ kind: "start", error: "in_use" });
    const issue = { field: "phone", code: "not_a_phone", message: "must be" };
    expect(refused({ code: "input_invalid", remedy: "none", message: "", issues: [issue] })).toMatchObject({ error: "wrong" });
    expect(refused({ code: "too_many_checks", remedy: "wait", message: "" })).toMatchObject({
      kind: "start",
      failure: { code: "too_many_checks" },
    });
  });

  it("knows the last thing that was shown before it failed, and counts how often a bridge was tried", () => {
    expect(fold([asked, link({ steps: [qr] }), failed("pair_failed")])).toMatchObject({ kind: "ended", step: qr, id: "con_1" });
    const bridge: PairingEvent = { type: "refused", failure: { code: "bridge_unreachable", remedy: "retry", message: "" } };
    expect(fold([asked, bridge, asked, bridge, asked, bridge])).toMatchObject({ kind: "ended", tries: 3 });
  });

  it("follows an attempt that was begun by the other way, and one whose phone is paired again", () => {
    const code: WireStep = { type: "code", expiresAt: 1, code: "ABCD1234" };
    expect(fold([asked, link({ steps: [code] })])).toMatchObject({ form: { method: "code" } });
    const again = { ...EMPTY_FORM, again: connection };
    const state = fold([{ type: "opened", form: again }, asked, { type: "stepped", connectionId: "con_1", step: qr }]);
    expect(state).toMatchObject({ kind: "running", id: "con_1" });
  });
});

describe("a number as it is typed", () => {
  it.each([
    ["", "missing"],
    ["+", "missing"],
    ["11 99999-0000", "country"],
    ["+55 11", "wrong"],
    ["five", "wrong"],
    ["+0 123 456 789", "wrong"],
    ["+55 11 99999-0000", undefined],
    ["+52 (1) 55.5000.0000", undefined],
  ])("%j is %s", (typed, problem) => {
    expect(phoneProblem(typed)).toBe(problem);
  });
});
