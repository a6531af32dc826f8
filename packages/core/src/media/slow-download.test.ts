import { describe, expect, it } from "vitest";
import type { OpenedMedia } from "../ports/media.ts";
import { codeOf, source, downloadWorld as world } from "../testing/echo-downloads.ts";

const file = { id: "7", mimeType: "image/png" };

describe("a download that stands still", () => {
  it("fails after 30 seconds in which nothing came, and not while nobody reads", async () => {
    const { acme, keep, clock } = await world();
    const given = keep(source(["a", "b"], "stops"));
    const reader = (await acme.media.download(file)).stream.getReader();
    await clock.advance(3_600_000);
    expect((await reader.read()).done).toBe(false);
    await clock.advance(3_600_000);
    await reader.read();
    const last = codeOf(reader.read());
    await clock.advance(29_999);
    expect(given.cancelled()).toBeUndefined();
    await clock.advance(1);
    expect(await last).toBe("media_unavailable");
    expect(given.cancelled()).toMatchObject({ code: "media_unavailable" });
  });

  it("does not wait longer to be opened either, and lets go of what comes too late", async () => {
    const { acme, vendor, clock } = await world();
    const late = Promise.withResolvers<OpenedMedia>();
    let signal: AbortSignal | undefined;
    vendor.onOpen = (_reference, context) => {
      signal = context.signal;
      return late.promise;
    };
    const opening = codeOf(acme.media.download(file, { idleMs: 500 }));
    await clock.advance(500);
    expect([await opening, signal?.aborted]).toEqual(["media_unavailable", true]);
    const given = source(["a"]);
    late.resolve(given);
    await clock.advance(0);
    expect([given.pulls(), given.cancelled()]).toEqual([0, expect.objectContaining({ code: "media_unavailable" })]);
  });
});

describe("a download that drips", () => {
  /** A file of which a piece of so many bytes comes every 20 seconds. */
  async function dripping(bytes: number) {
    const { acme, vendor, clock } = await world();
    vendor.onOpen = async () => ({
      stream: new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            await new Promise<void>((resolve) => void clock.after(20_000, resolve));
            controller.enqueue(new Uint8Array(bytes));
          },
        },
        { highWaterMark: 0 },
      ),
    });
    const reader = (await acme.media.download(file)).stream.getReader();
    return { clock, next: () => codeOf(reader.read()) };
  }

  it("is given up once it was waited for 30 seconds beyond what 4 KB a second take", async () => {
    const { clock, next } = await dripping(1);
    const first = next();
    await clock.advance(20_000);
    expect(await first).toBe("answered");
    const second = next();
    await clock.advance(10_001);
    expect(await second).toBe("media_unavailable");
  });

  it("goes on for as long as it keeps that pace", async () => {
    const { clock, next } = await dripping(80_000);
    for (let piece = 0; piece < 20; piece += 1) {
      const coming = next();
      await clock.advance(20_000);
      expect(await coming).toBe("answered");
    }
  });
});
