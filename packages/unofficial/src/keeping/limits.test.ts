import { describe, expect, it } from "vitest";
import { type Limits, limitsOf, restrictionOf, warningsOf } from "./limits.ts";

const NOW = Date.UTC(2026, 5, 1, 12);
const HOUR_MS = 3_600_000;
const lock = (until?: number, isActive = true): Limits => ({
  lock: { isActive, ...(until !== undefined && { timeEnforcementEnds: new Date(until) }) },
});
const quota = (capping_status: string, more: object = {}): Limits => ({ quota: { capping_status, ...more } as Limits["quota"] });
const capped = (until?: number): Limits => quota("CAPPED", until === undefined ? {} : { cycle_end_timestamp: String(until / 1000) });

describe("what limits a number", () => {
  it.each<[string, Limits, ReturnType<typeof restrictionOf>]>([
    ["nothing where nothing is known", {}, undefined],
    ["nothing where the lock is not active", lock(NOW + HOUR_MS, false), undefined],
    ["the lock, with its end", lock(NOW + HOUR_MS), { reason: "new_chats_locked", until: NOW + HOUR_MS }],
    ["the lock without an end", lock(), { reason: "new_chats_locked" }],
    ["the lock whose end is no time", lock(Number.NaN), { reason: "new_chats_locked" }],
    ["nothing once the lock has ended", lock(NOW), undefined],
    ["a quota that is used up, with the end of its cycle", capped(NOW + HOUR_MS), { reason: "new_chats_capped", until: NOW + HOUR_MS }],
    ["a quota that is used up, of a cycle without an end", quota("CAPPED", { cycle_end_timestamp: "0" }), { reason: "new_chats_capped" }],
    ["nothing of a quota that is not used up", quota("SECOND_WARNING"), undefined],
    [
      "of two the one that ends later",
      { ...lock(NOW + HOUR_MS), ...capped(NOW + 2 * HOUR_MS) },
      { reason: "new_chats_capped", until: NOW + 2 * HOUR_MS },
    ],
    ["of two the one without an end", { ...lock(), ...capped(NOW + HOUR_MS) }, { reason: "new_chats_locked" }],
    ["of two the one that has not ended", { ...lock(NOW - 1), ...capped() }, { reason: "new_chats_capped" }],
  ])("is %s", (_what, limits, expected) => {
    expect(restrictionOf(limits, NOW)).toEqual(expected);
  });

  it.each([
    [{ reason: "new_chats_locked", until: NOW + HOUR_MS }],
    [{ reason: "new_chats_locked" }],
    [{ reason: "new_chats_capped", until: NOW + HOUR_MS }],
    [{ reason: "new_chats_capped" }],
  ])("is known again from a connection that says %o", (restriction) => {
    expect(restrictionOf(limitsOf(restriction), NOW)).toEqual(restriction);
  });

  it("is not known from a connection that says something else", () => {
    expect([limitsOf({ reason: "temporarily_banned", until: NOW + HOUR_MS }), limitsOf(undefined)]).toEqual([{}, {}]);
  });
});

it("a number is warned of while WhatsApp warns it, and neither before nor once it is stopped", () => {
  const counts = { used_quota: 8, total_quota: 10 };
  const codes = (status: string) => warningsOf(quota(status, counts)).map(({ code, values }) => ({ code, values }));
  const warned = [{ code: "new_chats_few", values: { used: 8, total: 10 } }];
  expect(["NONE", "FIRST_WARNING", "SECOND_WARNING", "CAPPED"].map(codes)).toEqual([[], warned, warned, []]);
  expect(warningsOf({})).toEqual([]);
});
