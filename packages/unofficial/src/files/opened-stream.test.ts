import { createCipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FileReference } from "./file-ids.ts";
import { openedStream } from "./opened-stream.ts";
import { inPieces } from "../testing/in-pieces.ts";

const mediaKey = randomBytes(32);
const reference: FileReference = {
  kind: "image",
  path: "/v/1",
  mediaKey: mediaKey.toString("base64"),
  sha256: "",
  sealedSha256: "",
  size: 0,
  mimeType: "image/png",
};

function sealed(file: Uint8Array): Buffer {
  const keys = Buffer.from(hkdfSync("sha256", mediaKey, new Uint8Array(), "WhatsApp Image Keys", 112));
  const cipher = createCipheriv("aes-256-cbc", keys.subarray(16, 48), keys.subarray(0, 16));
  const body = Buffer.concat([cipher.update(file), cipher.final()]);
  const mac = createHmac("sha256", keys.subarray(48, 80)).update(keys.subarray(0, 16)).update(body).digest().subarray(0, 10);
  return Buffer.concat([body, mac]);
}

const read = async (bytes: Uint8Array, size = 1000, kind: FileReference["kind"] = "image"): Promise<Buffer> =>
  Buffer.from(await new Response(openedStream(inPieces(bytes, size), { ...reference, kind })).arrayBuffer());

describe("a sealed file", () => {
  it("is what it was, in whichever pieces it comes", async () => {
    const files = fc.record({ file: fc.uint8Array({ maxLength: 300 }), size: fc.integer({ min: 1, max: 400 }) });
    await fc.assert(
      fc.asyncProperty(files, async ({ file, size }) => {
        expect((await read(sealed(file), size)).equals(file)).toBe(true);
      }),
    );
  });

  it("is corrupt when any of its bits is another, or its end is missing", async () => {
    const whole = sealed(randomBytes(100));
    for (const at of [0, 50, whole.length - 11, whole.length - 1]) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await expect(read(changed)).rejects.toMatchObject({ code: "media_corrupt" });
    }
    for (const length of [0, 9, 10, 26, whole.length - 1])
      await expect(read(whole.subarray(0, length))).rejects.toMatchObject({ code: "media_corrupt" });
  });

  it("opens as what it was sealed as alone", async () => {
    await expect(read(sealed(randomBytes(100)), 1000, "document")).rejects.toMatchObject({ code: "media_corrupt" });
    expect(await read(sealed(randomBytes(100)), 1000, "sticker")).toHaveLength(100);
  });

  it("gives back what it read from when its reader leaves", async () => {
    let cancelled: unknown;
    const source = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(100)),
      cancel: (reason) => {
        cancelled = reason;
      },
    });
    const reader = openedStream(source, reference).getReader();
    await reader.read();
    await reader.cancel("enough");
    expect(cancelled).toBe("enough");
  });
});
