import { createHmac, hkdfSync, randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { readFile, writeFile } from "node:fs/promises";
import { recordingLogger } from "@wadesk/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { foreignBaileys } from "../testing/foreign-baileys.ts";
import { macOf, quickenMacs } from "./fast-macs.ts";

type Crypto = Record<"calculateMAC" | "verifyMAC" | "deriveSecrets", (...values: readonly unknown[]) => unknown>;

/** A copy of Baileys of its own, and the `crypto.js` of the libsignal below it. */
async function foreign(
  spoil: (text: string) => string = (text) => text,
): Promise<{ readonly path: string; readonly crypto: () => Crypto }> {
  const { path, remove } = await foreignBaileys();
  onTestFinished(remove);
  const file = createRequire(path).resolve("libsignal/src/crypto.js");
  Reflect.deleteProperty(createRequire(path).cache, file);
  await writeFile(file, spoil(await readFile(file, "utf8")));
  return { path, crypto: () => createRequire(path)("libsignal/src/crypto.js") as Crypto };
}

function failureOf(work: () => unknown): string {
  try {
    return `answered ${String(work())}`;
  } catch (error) {
    return String(error);
  }
}

it("a code by two hashes is that of HMAC-SHA-256, whatever the lengths", () => {
  for (let length = 0; length < 200; length += 3) {
    const [key, data] = [randomBytes(length), randomBytes(200 - length)];
    expect(macOf(key, data)).toEqual(createHmac("sha256", key).update(data).digest());
  }
});

describe("a copy of libsignal that is quickened", () => {
  it("makes the same codes and keys, and tells genuine from forged, once however often it is asked for", async () => {
    const { path, crypto } = await foreign();
    const before = { ...crypto() };
    const { log, lines } = recordingLogger();
    expect([quickenMacs(() => path, log), lines]).toEqual([true, []]);
    const fast = { ...crypto() };
    expect(fast.calculateMAC).not.toBe(before.calculateMAC);
    expect([quickenMacs(() => path, log), { ...crypto() }]).toEqual([true, fast]);
    const [key, salt, info] = [randomBytes(32), randomBytes(32), Buffer.from("WhisperMessageKeys")];
    expect(fast.deriveSecrets(key, salt, info)).toEqual(before.deriveSecrets(key, salt, info));
    const expanded = Buffer.concat(fast.deriveSecrets(key, salt, info, 3) as Buffer[]);
    expect(expanded).toEqual(Buffer.from(hkdfSync("sha256", key, salt, info, 96)));
    const mac = (fast.calculateMAC(key, info) as Buffer).subarray(0, 8);
    expect(failureOf(() => fast.verifyMAC(info, key, mac, 8))).toBe("answered undefined");
    expect(failureOf(() => fast.verifyMAC(info, salt, mac, 8))).toBe("Error: Bad MAC");
  });

  it("fails as it did at what there is no fast way for", async () => {
    const { path, crypto } = await foreign();
    const before = { ...crypto() };
    quickenMacs(() => path, recordingLogger().log);
    const fast = { ...crypto() };
    const key = randomBytes(32);
    for (const [name, ...values] of [
      ["calculateMAC", "no bytes", key],
      ["calculateMAC", key, new Uint8Array(4)],
      ["deriveSecrets", key, randomBytes(31), key],
      ["deriveSecrets", key, key, key, 4],
      ["verifyMAC", key, key, key.subarray(0, 7), 8],
      ["verifyMAC", key, "no bytes", key, 32],
    ] as const) {
      expect(failureOf(() => fast[name](...values))).toBe(failureOf(() => before[name](...values)));
      expect(failureOf(() => fast[name](...values))).not.toContain("answered");
    }
  });
});

describe("a copy of libsignal", () => {
  it.each([
    ["makes other codes", "hmac.update(data);", "hmac.update(data); hmac.update('more');"],
    ["derives other keys", "infoArray[infoArray.length - 1] = 2;", "infoArray[infoArray.length - 1] = 5;"],
    ["takes what is forged", 'throw new Error("Bad MAC");', ""],
  ])("that %s stays as it was, and one warning names it", async (_what, text, changed) => {
    const { path, crypto } = await foreign((source) => source.replace(text, changed));
    const before = { ...crypto() };
    const { log, lines } = recordingLogger();
    expect(quickenMacs(() => path, log)).toBe(false);
    expect({ ...crypto() }).toEqual(before);
    expect(lines).toMatchObject([
      { level: "warn", data: { copy: expect.stringContaining("crypto.js"), reason: expect.stringContaining("differ") } },
    ]);
  });

  it("that is not there is none to quicken, and the warning says so", () => {
    const { log, lines } = recordingLogger();
    const nowhere = (): string => {
      throw new Error("Cannot find module");
    };
    expect(quickenMacs(nowhere, log)).toBe(false);
    expect(lines).toMatchObject([{ level: "warn", data: { copy: "none", reason: "Cannot find module" } }]);
  });
});
