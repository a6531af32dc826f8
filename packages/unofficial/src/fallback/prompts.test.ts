import { expect, it } from "vitest";
import { prompts } from "./prompts.ts";

const option = { kind: "button_reply", id: "yes", title: "Yes" } as const;
const row = new TextEncoder().encode(JSON.stringify({ id: "A", options: [option], at: 0, places: ["prompt/5"], next: "M" }));
const { answerTo } = prompts({ find: async (places) => new Map(places.map((place) => [place, row])), keep: async () => {} }, () => 1);
const answer = (words: string) => answerTo({ chat: { lid: "5" }, messageId: "M", content: { kind: "text", text: words }, at: 1 });

it.each(["1", " 1. ", "1)", "01", "1 ."])("a prompt is answered by %j", async (words) => {
  expect(await answer(words)).toEqual({ ...option, text: words });
});

it.each(["one", "1 or 2", "2", "", "1x"])("a prompt is not answered by %j", async (words) => {
  expect(await answer(words)).toBeUndefined();
});

it("a text of blanks around a number takes no longer the longer it is", async () => {
  const took = async (blanks: number): Promise<number> => {
    const words = `1${" ".repeat(blanks)}x`;
    const began = performance.now();
    for (let turn = 0; turn < 20; turn += 1) expect(await answer(words)).toBeUndefined();
    return performance.now() - began;
  };
  await took(1000);
  const reference = await took(1000);
  expect(await took(64_000)).toBeLessThan(20 * reference + 500);
});
