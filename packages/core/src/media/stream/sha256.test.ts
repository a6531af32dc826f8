import { createHash } from "node:crypto";
import { afterEach, expect, it, vi } from "vitest";
import { hexOf, readSha256, startSha256 } from "./sha256.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const refuse = (): never => {
  throw new Error("not in this runtime");
};

it.each([
  ["with Node's own", process],
  ["without one", undefined],
  ["in the edge runtime of Next.js, whose functions throw", { env: {}, getBuiltinModule: refuse }],
])("is the same %s, in whatever pieces the bytes come", async (_name, fake) => {
  vi.stubGlobal("process", fake);
  const bytes = Uint8Array.from({ length: 1000 }, (_, index) => (index * 7) % 256);
  const hash = await startSha256();
  for (const [from, to] of [
    [0, 1],
    [1, 64],
    [64, 64],
    [64, 1000],
  ])
    hash.update(bytes.subarray(from, to));
  expect(hexOf(hash.digest())).toBe(createHash("sha256").update(bytes).digest("hex"));
});

it("is read from hex, as Meta's API writes it, and from base64, as its webhooks do", () => {
  const digest = createHash("sha256").update("a picture").digest();
  expect(readSha256(digest.toString("hex").toUpperCase())).toBe(digest.toString("hex"));
  expect(readSha256(digest.toString("base64"))).toBe(digest.toString("hex"));
  expect(readSha256(digest.toString("base64url"))).toBe(digest.toString("hex"));
});

it.each([undefined, "", "abc", "z".repeat(64), `${"A".repeat(43)}==`])("%j is none", (text) => {
  expect(readSha256(text)).toBeUndefined();
});
