import fc from "fast-check";
import { WadeskError } from "@wadesk/core";
import { describe, expect, it } from "vitest";
import { failureOf } from "../messages/failure.ts";
import { type FileSeal, openedFile, sealedFile } from "./sealed-file.ts";
import { inPieces } from "../../testing/in-pieces.ts";

const SECRET = "correct horse battery staple, 32+";
const OTHER = "another secret of thirty-two chars";
const SEAL: FileSeal = { direction: "download", bridge: "default", told: ["call_1", "e30"], secrets: [SECRET] };
const FILE = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);

const whole = async (stream: ReadableStream<Uint8Array>): Promise<Buffer> => Buffer.from(await new Response(stream).arrayBuffer());
const sealed = (over: Partial<FileSeal> = {}, file = FILE): Promise<Buffer> => whole(sealedFile(inPieces(file, 100), { ...SEAL, ...over }));
const opened = (bytes: Uint8Array, over: Partial<FileSeal> = {}, sizeBytes?: number): Promise<Buffer> =>
  whole(openedFile(inPieces(bytes, 77), { ...SEAL, ...over }, sizeBytes));

describe("a file between app and bridge", () => {
  it("is what it was, in whichever pieces it is read and comes", async () => {
    const files = fc.record({
      file: fc.uint8Array({ maxLength: 300 }),
      read: fc.integer({ min: 1, max: 400 }),
      come: fc.integer({ min: 1, max: 400 }),
    });
    await fc.assert(
      fc.asyncProperty(files, async ({ file, read, come }) => {
        const bytes = await whole(sealedFile(inPieces(file, read), SEAL));
        expect((await whole(openedFile(inPieces(bytes, come), SEAL, file.length))).equals(file)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it.each<[what: string, given: Partial<FileSeal>, taken: Partial<FileSeal>]>([
    ["with one of two secrets that the other side has", {}, { secrets: [OTHER, SECRET] }],
    ["with two secrets, one of which the other side has", { secrets: [OTHER, SECRET] }, {}],
  ])("is taken when it was signed %s", async (_what, given, taken) => {
    expect((await opened(await sealed(given), taken)).equals(FILE)).toBe(true);
  });

  it.each<[what: string, over: Partial<FileSeal>]>([
    ["with a wrong secret", { secrets: [OTHER] }],
    ["by nobody", { secrets: [] }],
    ["as an upload", { direction: "upload" }],
    ["for another bridge", { bridge: "eu" }],
    ["under another call", { told: ["call_2", "e30"] }],
    ["with another header", { told: ["call_1", "e31"] }],
  ])("is corrupt when it was signed %s", async (_what, over) => {
    await expect(opened(await sealed(over))).rejects.toMatchObject({ code: "media_corrupt" });
  });

  it("is corrupt when any of its bits is another, a part of it is missing or more comes", async () => {
    const bytes = await sealed();
    for (let at = 0; at < bytes.length; at += 41) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await expect(opened(changed), `byte ${at}`).rejects.toMatchObject({ code: "media_corrupt" });
    }
    for (const length of [0, 3, 4, 50, bytes.length - 200, bytes.length - 1])
      await expect(opened(bytes.subarray(0, length)), `${length} bytes`).rejects.toMatchObject({ code: "media_corrupt" });
    await expect(opened(Buffer.concat([bytes, Buffer.from("}")]))).rejects.toMatchObject({ code: "media_corrupt" });
    await expect(opened(Buffer.concat([bytes, Buffer.alloc(100_000, " ")]))).rejects.toMatchObject({ code: "media_corrupt" });
  });

  it.each([999, 1001])("is corrupt when %i bytes were told of a thousand", async (sizeBytes) => {
    await expect(opened(await sealed(), {}, sizeBytes)).rejects.toMatchObject({ code: "media_corrupt" });
  });

  it("fails with what it failed with on the other side, where that tells it", async () => {
    const failing = (): ReadableStream<Uint8Array> =>
      new ReadableStream({ pull: () => Promise.reject(new WadeskError("media_too_large", { detail: "the limit is 3 bytes" })) });
    const told = await whole(sealedFile(failing(), SEAL, (error) => failureOf(error).failure));
    await expect(opened(told)).rejects.toMatchObject({ code: "media_too_large", message: expect.stringContaining("3 bytes") });
    await expect(whole(sealedFile(failing(), SEAL))).rejects.toMatchObject({ code: "media_too_large" });
  });

  it("is read no further than it is taken, and given back when its reader leaves", async () => {
    let read = 0;
    let reason: unknown;
    const endless = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          read += 1;
          controller.enqueue(new Uint8Array(1000));
        },
        cancel(why) {
          reason = why;
        },
      },
      { highWaterMark: 0 },
    );
    const reader = openedFile(sealedFile(endless, SEAL), SEAL).getReader();
    for (let index = 0; index < 5; index += 1) await reader.read();
    expect(read).toBe(5);
    await reader.cancel("enough");
    expect(reason).toBe("enough");
  });
});
