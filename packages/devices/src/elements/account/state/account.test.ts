import { describe, expect, it } from "vitest";
import type { WireConnection } from "../../../wire/connection.ts";
import type { WireLink } from "../../../wire/link.ts";
import type { WireFailure } from "../../../wire/problem.ts";
import type { WireChannel } from "../../../wire/setup.ts";
import type { WireSignup } from "../../../wire/signup.ts";
import { type AccountEvent, type AccountState, accountInput, reduceAccount } from "./account.ts";

const CHANNEL: WireChannel = {
  kind: "twilio",
  linksPhone: false,
  hasPrimary: true,
  hasSignup: false,
  lent: [],
  addresses: [],
  form: {
    properties: {
      mode: { enum: ["sandbox", "production"] },
      sid: { type: "string", "x-account": true },
      token: { type: "string", writeOnly: true },
      from: { type: "string" },
    },
    required: ["mode"],
  },
};
const CARD: WireConnection = {
  id: "c1",
  channel: "twilio",
  label: "Shop",
  primary: true,
  status: { state: "connected", since: 1 },
  facts: { given: { mode: "production", from: "+1" } },
  warnings: [],
  createdAt: 1,
  version: 1,
};
const ATTEMPT: WireSignup = { id: "s1", kind: "twilio", at: "code", checks: [], numbers: [], createdAt: 1, expiresAt: 2 };
const failure = (more: Partial<WireFailure> = {}): WireFailure => ({ code: "scope_missing", remedy: "reconnect", message: "no", ...more });
const link = (more: Partial<WireLink>): AccountEvent => ({
  type: "link",
  link: { connectionId: "c1", state: "running", steps: [], ...more },
});
const open: AccountEvent = { type: "opened", channel: CHANNEL };
const typed = (name: string, value: string): AccountEvent => ({ type: "form", event: { type: "typed", name, value } });
const after = (...events: readonly AccountEvent[]): AccountState => events.reduce(reduceAccount, { kind: "closed" } as AccountState);
const rowsOf = (state: AccountState): readonly string[] =>
  "rows" in state ? state.rows.map(({ name, state: at }) => `${name} ${at}`) : [];

describe("connecting a number", () => {
  it("begins with the vendor's dialog where it can be opened, else with the form; anew always with the form", () => {
    const withDialog = { ...CHANNEL, hasSignup: true };
    expect(after(open).kind).toBe("form");
    expect(after({ type: "opened", channel: withDialog }).kind).toBe("doors");
    expect(after({ type: "opened", channel: withDialog }, { type: "manual" }).kind).toBe("form");
    const again = after({ type: "opened", channel: withDialog, again: CARD });
    expect(again).toMatchObject({ kind: "form", form: { values: { mode: "production", from: "+1" } }, again: { id: "c1" } });
  });

  it("shows the checks in their order, passed ones as they come, and the number at the end", () => {
    const sent = after(open, typed("mode", "production"), { type: "sent" });
    expect(rowsOf(sent)).toEqual(["account waiting", "sender waiting"]);
    const running = reduceAccount(sent, link({ steps: [{ type: "check", name: "account", state: "passed" }] }));
    expect([rowsOf(running), running]).toEqual([["account passed", "sender waiting"], expect.objectContaining({ connectionId: "c1" })]);
    const done = reduceAccount(running, link({ state: "connected", connection: CARD }));
    expect([done.kind, rowsOf(done)]).toEqual(["connected", ["account passed", "sender passed"]]);
  });

  it("that is refused says which check it was, and keeps all but the secret for the form", () => {
    const sent = after(open, typed("mode", "production"), typed("token", "the-secret"), { type: "sent" });
    const steps = [{ type: "check", name: "account", state: "failed" } as const];
    const refused = reduceAccount(sent, link({ state: "failed", steps, failure: failure() }));
    expect([refused.kind, rowsOf(refused)]).toEqual(["refused", ["account failed", "sender skipped"]]);
    expect(JSON.stringify(refused)).not.toContain("the-secret");
    expect(reduceAccount(refused, { type: "back" })).toMatchObject({ kind: "form", form: { values: { mode: "production" } } });
    expect(reduceAccount(refused, typed("token", "x")).kind).toBe("form");
    const untold = reduceAccount(sent, { type: "refused", failure: failure() });
    expect(rowsOf(untold)).toEqual(["account failed", "sender skipped"]);
  });

  it("whose field is wrong goes back to the form, where the field says so", () => {
    const issues = [{ field: "from", code: "not_a_phone", message: "must be a number" }];
    const state = after(open, { type: "sent" }, { type: "refused", failure: failure({ code: "input_invalid", issues }) });
    expect(state).toMatchObject({ kind: "form", form: { issues: { from: { code: "not_a_phone" } } } });
  });

  it("with the admin's account gives neither account nor secret", () => {
    const own = after(open, typed("mode", "production"), typed("sid", "AC1"), typed("token", "t"), typed("from", "+1"));
    if (!("form" in own)) throw new Error("no form");
    expect(accountInput(own)).toEqual({ mode: "production", sid: "AC1", token: "t", from: "+1" });
    const lent = reduceAccount(own, { type: "origin", origin: "admin" });
    if (!("form" in lent)) throw new Error("no form");
    expect(accountInput(lent)).toEqual({ mode: "production", from: "+1" });
  });

  it("by the vendor's dialog waits for its window, then goes on with what it asks; late looks and others' change nothing", () => {
    const dialog: AccountEvent = { type: "opened", channel: { ...CHANNEL, hasSignup: true } };
    const waiting = after(dialog, { type: "begun", attempt: ATTEMPT, url: "https://meta.example/" });
    expect(waiting.kind).toBe("waiting");
    expect(reduceAccount(waiting, { type: "attempt", attempt: ATTEMPT })).toBe(waiting);
    expect(reduceAccount(waiting, { type: "attempt", attempt: { ...ATTEMPT, id: "s2", at: "done" } })).toBe(waiting);
    const asked = reduceAccount(waiting, { type: "attempt", attempt: { ...ATTEMPT, at: "question" } });
    expect(reduceAccount(asked, { type: "answering" })).toMatchObject({ kind: "signup", sending: true });
    expect(reduceAccount(asked, { type: "signup-failed", failure: failure() })).toMatchObject({
      kind: "signup",
      failure: { code: "scope_missing" },
    });
    expect(reduceAccount(waiting, { type: "signup-failed", failure: failure({ code: "signup_not_found" }) })).toMatchObject({
      kind: "doors",
    });
  });

  it("that is closed hears nothing more", () => {
    const closed = after(open, { type: "closed" });
    expect(reduceAccount(closed, { type: "refused", failure: failure() })).toEqual({ kind: "closed" });
  });
});
