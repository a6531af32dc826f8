import { expect, it } from "vitest";
import { manualClock } from "./manual-clock.ts";

it("lets a timer's work go on through any number of answers of WebCrypto before it is done", async () => {
  const clock = manualClock();
  let answers = 0;
  const digest = async (): Promise<void> => {
    while (answers < 200) {
      await crypto.subtle.digest("SHA-256", new Uint8Array(100_000));
      answers += 1;
    }
  };
  clock.after(1, () => void digest());
  await clock.advance(1);
  expect(answers).toBe(200);
});
