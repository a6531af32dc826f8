import { expect, it } from "vitest";
import { manualClock } from "./manual-clock.ts";

const work: Readonly<Record<string, (key: CryptoKey) => Promise<unknown>>> = {
  digests: () => crypto.subtle.digest("SHA-256", new Uint8Array(100_000)),
  encryptions: (key) => crypto.subtle.encrypt({ name: "AES-GCM", iv: new Uint8Array(12) }, key, new Uint8Array(100_000)),
};

it.each(Object.keys(work))("lets a timer's work go on through any number of %s of WebCrypto before it is done", async (kind) => {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const clock = manualClock();
  let answers = 0;
  const run = async (): Promise<void> => {
    while (answers < 200) {
      await work[kind]?.(key);
      answers += 1;
    }
  };
  clock.after(1, () => void run());
  await clock.advance(1);
  expect(answers).toBe(200);
});
