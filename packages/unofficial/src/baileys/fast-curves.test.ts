import { createRequire } from "node:module";
import { recordingLogger } from "@wadesk/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { foreignBaileys } from "../testing/foreign-baileys.ts";
import { type Baileys, loadBaileys, pathOfBaileys } from "./baileys.ts";
import { quickenCurves } from "./fast-curves.ts";

const message = Buffer.from("what is signed");
const baileys = await loadBaileys();
const below = createRequire(createRequire(pathOfBaileys()).resolve("libsignal/src/curve.js"));
const curves = below("curve25519-js") as Record<"sign" | "verify", (...values: unknown[]) => unknown>;

async function foreign(spoil?: (text: string) => string) {
  const copy = await foreignBaileys(spoil);
  onTestFinished(copy.remove);
  return copy;
}
/** What a Baileys says of a genuine signature and of a forged one. */
function answersOf({ Curve }: Pick<Baileys, "Curve">): readonly boolean[] {
  const { private: privateKey, public: publicKey } = Curve.generateKeyPair();
  const signature = Buffer.from(Curve.sign(Buffer.from(privateKey), message));
  const forged = Buffer.from(signature);
  forged.writeUInt8(forged.readUInt8(5) ^ 1, 5);
  return [Curve.verify(publicKey, message, signature), Curve.verify(publicKey, message, forged)];
}

it("Baileys takes any signature for genuine as it is, and refuses a forged one with it; once it does so by itself, half of this is needed no more", async () => {
  const { log, lines } = recordingLogger();
  expect(answersOf(baileys)).toEqual([true, true]);
  expect(quickenCurves(baileys, pathOfBaileys, log)).toBe(true);
  expect([answersOf(baileys), lines]).toEqual([[true, false], []]);
});

it("one copy is replaced once, whoever asks", async () => {
  const { log } = recordingLogger();
  quickenCurves(baileys, pathOfBaileys, log);
  const { sign, verify } = curves;
  const second: { readonly quickenCurves: typeof quickenCurves } = await import(`${"./fast-curves.ts"}?second`);
  expect(second.quickenCurves).not.toBe(quickenCurves);
  expect([second.quickenCurves(baileys, pathOfBaileys, log), quickenCurves(baileys, pathOfBaileys, log)]).toEqual([true, true]);
  expect([curves.sign, curves.verify]).toEqual([sign, verify]);
});

it("what it has no fast way for goes the old one, and fails as it did", async () => {
  const copy = await foreign();
  quickenCurves(baileys, pathOfBaileys, recordingLogger().log);
  const slow = copy.curves as typeof curves;
  const random = Buffer.alloc(64, 9);
  expect(curves.sign(Buffer.alloc(32, 1), message, random)).toEqual(slow.sign(Buffer.alloc(32, 1), message, random));
  for (const [name, ...values] of [
    ["sign", Buffer.alloc(31), message],
    ["sign", "no bytes", message],
    ["verify", Buffer.alloc(31), message, Buffer.alloc(64)],
    ["verify", Buffer.alloc(32), message, Buffer.alloc(63)],
  ] as const) {
    const failureOf = (of: typeof curves): string => {
      try {
        return `answered ${String(of[name](...values))}`;
      } catch (error) {
        return String(error);
      }
    };
    expect(failureOf(curves)).toBe(failureOf(slow));
    expect(failureOf(curves)).not.toContain("answered");
  }
});

describe("a copy that is not the one", () => {
  it("that Baileys signs with stays as it was, and one warning names it", async () => {
    const [used, found] = [await foreign(), await foreign()];
    const before = { ...found.curves };
    const { log, lines } = recordingLogger();
    expect(quickenCurves(used.baileys, () => found.path, log)).toBe(false);
    expect({ ...found.curves }).toEqual(before);
    expect(lines).toMatchObject([{ level: "warn", data: { copy: expect.stringContaining(found.path.split("node_modules")[0] ?? "") } }]);
    expect(JSON.stringify(lines)).toContain("fastCurves: false");
    expect(quickenCurves(found.baileys, () => found.path, log)).toBe(true);
    expect([answersOf(used.baileys), answersOf(found.baileys)]).toEqual([
      [true, true],
      [true, false],
    ]);
  });

  it.each([
    ["signs in another way", "signature[i] = buf[i]", "signature[i] = buf[i] ^ 1", "its signatures differ"],
    ["takes what is forged", "return curve25519_sign_open(m, sm, sm.length, publicKey) >= 0", "return true", "its verifications differ"],
  ])("that is known, since it %s, stays as it was", async (_what, text, changed, reason) => {
    const copy = await foreign((source) => source.replace(text, changed));
    const before = { ...copy.curves };
    const { log, lines } = recordingLogger();
    expect(quickenCurves(copy.baileys, () => copy.path, log)).toBe(false);
    expect({ ...copy.curves }).toEqual(before);
    expect(lines).toMatchObject([{ level: "warn", data: { reason: expect.stringContaining(reason) } }]);
  });

  it("on the machine is none, and the warning says so", () => {
    const { log, lines } = recordingLogger();
    const nowhere = () => {
      throw new Error("Cannot find module");
    };
    expect(quickenCurves(baileys, nowhere, log)).toBe(false);
    expect(lines).toMatchObject([{ level: "warn", data: { copy: "none", reason: "Cannot find module" } }]);
  });
});
