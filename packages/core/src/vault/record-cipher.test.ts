import { afterEach, describe, expect, it, vi } from "vitest";
import { recordCipher } from "./record-cipher.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const KEY = Uint8Array.from({ length: 32 }, (_unused, index) => index);
const refuse = (): never => {
  throw new Error("not in this runtime");
};
const WRONG = { ...process.getBuiltinModule("node:crypto"), createCipheriv: refuse };
const RUNTIMES: readonly [string, unknown][] = [
  ["with Node's own", process],
  ["without one", undefined],
  ["in the edge runtime of Next.js, whose functions throw", { env: {}, getBuiltinModule: refuse }],
  ["where the module lacks what it names", { env: {}, getBuiltinModule: () => WRONG }],
];
const bytesOf = (length: number): Uint8Array => Uint8Array.from({ length }, (_unused, index) => (index * 31) % 256);
const flipped = (sealed: Uint8Array, at: number): Uint8Array => sealed.with(at, (sealed.at(at) ?? 0) ^ 1);

async function cipherIn(runtime: unknown): ReturnType<typeof recordCipher> {
  vi.stubGlobal("process", runtime);
  const cipher = await recordCipher(KEY);
  vi.unstubAllGlobals();
  return cipher;
}

describe.each(RUNTIMES)("the cipher of a connection's records %s", (_name, runtime) => {
  it("opens what any other runtime sealed, of whatever length", async () => {
    const cipher = await cipherIn(runtime);
    for (const [, other] of RUNTIMES) {
      const theirs = await cipherIn(other);
      for (const length of [0, 1, 900, 65_536, 65_537, 200_000]) {
        const sealed = await cipher.seal("session", bytesOf(length));
        expect(sealed).toHaveLength(12 + length + 16);
        expect(await theirs.open("session", sealed)).toEqual(bytesOf(length));
      }
    }
  });

  it("seals no value twice alike", async () => {
    const cipher = await cipherIn(runtime);
    expect(await cipher.seal("session", bytesOf(9))).not.toEqual(await cipher.seal("session", bytesOf(9)));
  });

  it("opens nothing that was changed, cut short, put elsewhere, or sealed under another key", async () => {
    const cipher = await cipherIn(runtime);
    const sealed = await cipher.seal("session", bytesOf(900));
    const other = await (await recordCipher(KEY.toReversed())).seal("session", bytesOf(900));
    const wrong = [flipped(sealed, 0), flipped(sealed, 20), flipped(sealed, sealed.length - 1), sealed.slice(0, -1), other];
    wrong.push(...[0, 11, 12, 27, 28].map((length) => sealed.slice(0, length)));
    for (const value of wrong) await expect(cipher.open("session", value)).rejects.toMatchObject({ code: "sealed_value_invalid" });
    await expect(cipher.open("session-2", sealed)).rejects.toMatchObject({ code: "sealed_value_invalid" });
  });
});

it("what is opened lies in memory of its own", async () => {
  const cipher = await recordCipher(KEY);
  const opened = await cipher.open("session", await cipher.seal("session", bytesOf(9)));
  expect(opened.buffer.byteLength).toBe(9);
  expect(Buffer.isBuffer(opened)).toBe(false);
});
