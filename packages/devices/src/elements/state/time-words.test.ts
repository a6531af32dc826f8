import { describe, expect, it } from "vitest";
import { timeWords } from "./time-words.ts";

const NOW = Date.UTC(2026, 5, 3, 12);
const [second, minute, hour] = [1000, 60_000, 3_600_000];
const day = 24 * hour;

describe("times in words", () => {
  const { ago, until } = timeWords("en", NOW, "just now");

  it.each([
    [9 * second, "just now"],
    [-180 * second, "just now"],
    [29 * second, "20 seconds ago"],
    [119 * second, "1 minute ago"],
    [3 * hour, "3 hours ago"],
    [30 * hour, "yesterday"],
    [7 * day, "7 days ago"],
    [60 * day, "4 Apr 2026"],
  ])("say of %i milliseconds past: %s", (past, words) => {
    expect(ago(NOW - past)).toBe(words);
  });

  it("say how long is left, and speak the language that is asked for; English where nobody knows it", () => {
    expect([until(NOW + 20.5 * hour), until(NOW + 30 * minute)]).toEqual(["in 20 hours", "in 30 minutes"]);
    expect(timeWords("pt-BR", NOW, "agora").ago(NOW - 2 * hour)).toBe("há 2 horas");
    expect(timeWords("no-such-language-tag-at-all", NOW, "just now").ago(NOW - 2 * hour)).toBe("2 hours ago");
  });
});
