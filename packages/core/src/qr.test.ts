import { inflateSync } from "node:zlib";
import jsQr from "jsqr";
import { describe, expect, it } from "vitest";
import { qrPath, qrPng, qrText } from "./qr.ts";

/** What a reader of QRs sees in an image of one byte for each pixel, 0 for black. */
function readQr(pixels: readonly (readonly number[])[]): string | undefined {
  const size = pixels.length;
  const colours = pixels.flat().flatMap((grey) => [grey, grey, grey, 255]);
  return jsQr.default(new Uint8ClampedArray(colours), size, size)?.data;
}

/** The pixels of a path, so many for each module. */
function drawn({ size, path }: { readonly size: number; readonly path: string }, scale: number): number[][] {
  const pixels = Array.from({ length: size * scale }, () => Array.from({ length: size * scale }, () => 255));
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
      pixels[row]?.fill(0, Number(x) * scale, (Number(x) + Number(width)) * scale);
    }
  }
  return pixels;
}

/** The pixels of a PNG of one bit, whose lines are not filtered. */
function decoded(png: Uint8Array): number[][] {
  const bytes = Buffer.from(png);
  expect(bytes.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  const width = bytes.readUInt32BE(16);
  const start = bytes.indexOf("IDAT");
  const lines = inflateSync(bytes.subarray(start + 4, start + 4 + bytes.readUInt32BE(start - 4)));
  const perLine = 1 + Math.ceil(width / 8);
  return Array.from({ length: width }, (_, y) =>
    Array.from({ length: width }, (__, x) => ((lines[y * perLine + 1 + (x >> 3)] ?? 0) & (0x80 >> (x & 7)) ? 255 : 0)),
  );
}

/** The pixels that a terminal shows of half blocks, black on white. */
function shown(text: string, scale: number): number[][] {
  const rows = text.split("\n").flatMap((line) => {
    expect([line.slice(0, 9), line.slice(-4)]).toEqual(["\u001b[30;107m", "\u001b[0m"]);
    const blocks = [...line.slice(9, -4)];
    return ["▀█", "▄█"].map((dark) => blocks.flatMap((block) => Array<number>(scale).fill(dark.includes(block) ? 0 : 255)));
  });
  const [first = []] = rows;
  // a reader of QRs wants a square, and the last line may be half a one
  return rows.slice(0, first.length / scale).flatMap((row) => Array<number[]>(scale).fill(row));
}

const LINK = `2@${"AbCd+/09".repeat(24)},${"k".repeat(43)}=,${"i".repeat(43)}=,${"a".repeat(43)}=`;

describe("a QR", () => {
  it.each([LINK, "https://example.com/?q=1", "\u00fcber \u{1f469}"])("is read again from its path and from its PNG: %s", async (text) => {
    const path = await qrPath(text);
    expect(readQr(drawn(path, 4))).toBe(text);
    const pixels = decoded(await qrPng(text, { modulePixels: 4 }));
    expect(pixels).toEqual(drawn(path, 4));
    expect(readQr(pixels)).toBe(text);
  });

  it.each([LINK, "hello"])("is read again from a terminal, whose lines say their colours: %s", async (text) => {
    expect(readQr(shown(await qrText(text), 4))).toBe(text);
    await expect(qrText("")).rejects.toMatchObject({ code: "input_invalid" });
  });

  it("has four light modules around it, and eight pixels a module unless it is told otherwise", async () => {
    const { size, path } = await qrPath("hello");
    expect(size).toBe(21 + 8);
    const places = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map(([, x, y, width]) => [Number(x), Number(x) + Number(width), Number(y)]);
    expect([Math.min(...places.map(([from = 0]) => from)), Math.max(...places.map(([, to = 0]) => to))]).toEqual([4, 25]);
    expect([Math.min(...places.map(([, , y = 0]) => y)), Math.max(...places.map(([, , y = 0]) => y))]).toEqual([4, 24]);
    expect(decoded(await qrPng("hello"))).toHaveLength(size * 8);
  });

  it("is refused for what fits none, and for pixels that are none", async () => {
    const refused = (issues: string) => ({ code: "input_invalid", issues: [{ field: issues }] });
    await expect(qrPath("")).rejects.toMatchObject(refused("text"));
    await expect(qrPng("x".repeat(3000))).rejects.toMatchObject(refused("text"));
    await expect(qrPng("a", { modulePixel: 4 } as object)).rejects.toMatchObject(refused("modulePixel"));
    const wrong = [
      [0, "too_low"],
      [1.5, "wrong_type"],
      [41, "too_high"],
      [Number.NaN, "wrong_type"],
    ] as const;
    for (const [modulePixels, code] of wrong) {
      await expect(qrPng("a", { modulePixels })).rejects.toMatchObject({ issues: [{ field: "modulePixels", code }] });
    }
  });
});
