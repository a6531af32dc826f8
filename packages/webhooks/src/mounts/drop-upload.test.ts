import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { dropUpload } from "./drop-upload.ts";

/** An upload whose next piece is always there. */
function uploadOf(pieces: number, piece: Uint8Array): IncomingMessage & { taken(): number } {
  let taken = 0;
  const upload = new Readable({
    highWaterMark: 1024,
    read() {
      taken += 1;
      this.push(taken > pieces ? null : piece);
    },
  });
  return Object.assign(upload, { taken: () => taken }) as unknown as IncomingMessage & { taken(): number };
}

/** How often the loop had its turn until then. */
async function turnsUntil(done: Promise<unknown>): Promise<number> {
  let [turns, ended] = [0, false];
  const others = (): void => {
    turns += 1;
    if (!ended) setImmediate(others);
  };
  setImmediate(others);
  await done;
  ended = true;
  return turns;
}

describe("dropUpload", () => {
  it("gives the loop its turn while what it drops comes in very small pieces", async () => {
    const upload = uploadOf(100_000, Uint8Array.of(7));
    expect(await turnsUntil(dropUpload(upload))).toBeGreaterThan(50);
    expect(upload.taken()).toBe(100_001);
  });

  it("is over when all has come, and when the client is gone", async () => {
    expect(await dropUpload(uploadOf(3, new Uint8Array(5)))).toBe("ended");
    const endless = uploadOf(Number.POSITIVE_INFINITY, new Uint8Array(5));
    const over = dropUpload(endless);
    endless.destroy();
    expect(await over).toBe("ended");
  });

  it("takes 16 MiB at most, and nothing more afterwards", async () => {
    const endless = uploadOf(Number.POSITIVE_INFINITY, new Uint8Array(1024 * 1024));
    expect(await dropUpload(endless)).toBe("too much");
    const taken = endless.taken();
    await turnsUntil(new Promise((resolve) => setImmediate(() => setImmediate(resolve))));
    expect(endless.taken()).toBeLessThanOrEqual(taken + 1);
    expect(taken).toBeLessThanOrEqual(19);
  });
});
