import { expect, it } from "vitest";
import { createFingerprints } from "./fingerprint.ts";

it("fingerprints are ready in the order in which they were asked for, in whatever order their digests end", async () => {
  const digests = new Map(["one", "two", "three"].map((name) => [name, Promise.withResolvers<string>()] as const));
  const ready: string[] = [];
  const fingerprintOf = createFingerprints(async (value) => digests.get(String(value))?.promise ?? "");
  const all = ["one", "two", "three"].map((name) => fingerprintOf(name).then((digest) => ready.push(digest)));
  for (const name of ["three", "two"]) digests.get(name)?.resolve(name);
  await new Promise((resolve) => setImmediate(resolve));
  expect(ready).toEqual([]);
  digests.get("one")?.resolve("one");
  await Promise.all(all);
  expect(ready).toEqual(["one", "two", "three"]);
});

it("one that cannot be taken holds up none behind it", async () => {
  const fingerprintOf = createFingerprints(async (value) => (value === "bad" ? Promise.reject(new Error("too deep")) : String(value)));
  const [bad, good] = [fingerprintOf("bad"), fingerprintOf("good")];
  await expect(bad).rejects.toThrow("too deep");
  expect(await good).toBe("good");
});
