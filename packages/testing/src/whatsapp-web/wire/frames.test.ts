import { describe, expect, it } from "vitest";
import { frame, frameReader } from "./frames.ts";

const HEADER = Buffer.from("WA\x06\x03");
const routed = Buffer.concat([Buffer.from("ED\x00\x01"), Buffer.from([0, 0, 3]), Buffer.from("abc"), HEADER]);

describe("frames", () => {
  it("come out whole however the stream is cut", () => {
    const stream = Buffer.concat([HEADER, frame(Buffer.from("one")), frame(Buffer.alloc(0)), frame(Buffer.alloc(70_000, 1))]);
    for (const size of [1, 2, 7, 64_000, stream.length]) {
      const reader = frameReader();
      const frames: number[] = [];
      for (let at = 0; at < stream.length; at += size)
        frames.push(...reader.push(stream.subarray(at, at + size)).map(({ length }) => length));
      expect(frames).toEqual([3, 0, 70_000]);
    }
  });

  it("come behind routing info where a client has some", () => {
    const reader = frameReader();
    for (const byte of routed) expect(reader.push(Buffer.from([byte]))).toEqual([]);
    expect(String(reader.intro?.routingInfo)).toBe("abc");
    expect(reader.intro?.header).toEqual(HEADER);
    expect(reader.push(frame(Buffer.from("x")))).toHaveLength(1);
  });

  it("of something else than WhatsApp Web are refused", () => {
    expect(() => frameReader().push(Buffer.from("GET / HTTP/1.1"))).toThrow("begins with 57410603");
    expect(() => frameReader().push(Buffer.from("WA\x06\x02"))).toThrow("57410602");
  });

  it("longer than three bytes can state are not made", () => {
    expect(() => frame(Buffer.alloc(2 ** 24))).toThrow(RangeError);
  });
});
