import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metLimit, type PaceCounts, withMessages } from "./pace-windows.ts";

const NOW = Date.UTC(2026, 5, 1, 12);
const ample = { messagesPerMinute: 1000, messagesPerHour: 1000, messagesPerDay: 1000, newChatsPerDay: 1000 };
const one = { messages: 1, chats: 0 };

/** The counts of messages that went out at these times, and the times of those that were let out. */
function letOut(times: readonly number[], limits: typeof ample): { readonly counts: PaceCounts; readonly out: readonly number[] } {
  let counts: PaceCounts = {};
  const out = times.filter((at) => {
    if (metLimit(counts, limits, at, false) !== undefined) return false;
    counts = withMessages(counts, at, one);
    return true;
  });
  return { counts, out };
}

describe("a limit", () => {
  it("is met by as many messages as it says, and tells when another fits", () => {
    const limits = { ...ample, messagesPerMinute: 8 };
    const { counts, out } = letOut(Array(20).fill(NOW), limits);
    expect(out).toHaveLength(8);
    const met = metLimit(counts, limits, NOW + 1000, false);
    expect(met).toEqual({ name: "messagesPerMinute", words: "8 messages in a minute", waitMs: 64_000 });
    expect(metLimit(counts, limits, NOW + 64_999, false)).toMatchObject({ waitMs: 1 });
    expect(metLimit(counts, limits, NOW + 65_000, false)).toBeUndefined();
  });

  it("of several is the one with the longest wait", () => {
    const { counts } = letOut([NOW, NOW, NOW], ample);
    const limits = { ...ample, messagesPerMinute: 3, messagesPerDay: 2 };
    expect(metLimit(counts, limits, NOW, false)).toMatchObject({ name: "messagesPerDay", waitMs: 25 * 3_600_000 });
  });

  it("that was lowered waits until enough are over", () => {
    const { counts } = letOut([NOW, NOW + 5000, NOW + 10_000, NOW + 10_000], ample);
    const waitMs = (messagesPerMinute: number): number | undefined =>
      metLimit(counts, { ...ample, messagesPerMinute }, NOW + 10_000, false)?.waitMs;
    expect([waitMs(5), waitMs(4), waitMs(3), waitMs(2), waitMs(1)]).toEqual([undefined, 55_000, 60_000, 65_000, 65_000]);
  });

  it("of new chats counts those alone, and keeps nobody from going on with a chat", () => {
    const limits = { ...ample, newChatsPerDay: 1 };
    const counts = withMessages(withMessages({}, NOW, one), NOW, { messages: 1, chats: 1 });
    expect(metLimit(counts, limits, NOW, false)).toBeUndefined();
    expect(metLimit(counts, limits, NOW, true)).toMatchObject({ name: "newChatsPerDay", words: "1 new chats in a day" });
    expect(metLimit(withMessages({}, NOW, one), limits, NOW, true)).toBeUndefined();
  });

  it("lets no more through in any minute, whenever they come", () => {
    const times = fc.array(fc.nat(300_000), { maxLength: 120 }).map((all) => all.map((each) => NOW + each).sort((a, b) => a - b));
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 20 }), (at, messagesPerMinute) => {
        const { out } = letOut(at, { ...ample, messagesPerMinute });
        return out.every((from) => out.filter((each) => each >= from && each < from + 60_000).length <= messagesPerMinute);
      }),
    );
  });

  it("is not met for ever by a clock that was years ahead", () => {
    const { counts } = letOut(Array(8).fill(Date.UTC(2036, 0, 1)), ample);
    expect(metLimit(counts, { ...ample, messagesPerMinute: 8 }, NOW, false)).toBeUndefined();
    expect(withMessages(counts, NOW, one).messagesPerDay).toHaveLength(1);
  });
});

it("counts hold no more slots than a window has", () => {
  const { counts } = letOut(
    Array.from({ length: 500 }, (_unused, index) => NOW + index * 1_200_000),
    ample,
  );
  expect(Object.values(counts).map((slots) => slots.length <= 25)).toEqual([true, true, true, true]);
});
