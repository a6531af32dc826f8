import { describe, expect, it } from "vitest";
import { downloadWorld as world } from "../testing/echo-downloads.ts";

const file = { id: "7", mimeType: "image/png" };
const read = (stream: ReadableStream<Uint8Array>): Promise<string> => new Response(stream).text();

describe("a file that came in", () => {
  it.each([
    ["audio/ogg; codecs=opus", "audio/ogg; codecs=opus"],
    [" image/png ", "image/png"],
    ["<script>", "image/webp"],
    ["image/png\r\nx-more: 1", "image/webp"],
    [`image/png;${" a=b;".repeat(100)}`, "image/webp"],
  ])("has the type that its vendor says, where that is one: %j", async (told, mimeType) => {
    const { acme, keep } = await world();
    keep("a picture", { mimeType: told });
    expect((await acme.media.download({ id: "7", mimeType: "image/webp" })).mimeType).toBe(mimeType);
    keep("a picture");
    expect((await acme.media.download({ id: "7", mimeType: "no type" })).mimeType).toBe("application/octet-stream");
  });

  it.each([-1, 1.5, Number.NaN, 2 ** 60])("has no size that is none: %d", async (sizeBytes) => {
    const { acme, keep } = await world();
    keep("a picture", { sizeBytes });
    const { stream, ...facts } = await acme.media.download(file);
    expect([facts.sizeBytes, await read(stream)]).toEqual([undefined, "a picture"]);
  });
});
